/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-enums.h"

G_DEFINE_ENUM_TYPE (ChatConnection, chat_connection,
                    G_DEFINE_ENUM_VALUE (CHAT_CONNECTION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (CHAT_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (CHAT_CONNECTION_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (CHAT_CONNECTION_RECONNECTING, "reconnecting"),
                    G_DEFINE_ENUM_VALUE (CHAT_CONNECTION_REFUSED, "refused"))

G_DEFINE_ENUM_TYPE (ChatMembership, chat_membership,
                    G_DEFINE_ENUM_VALUE (CHAT_MEMBERSHIP_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (CHAT_MEMBERSHIP_JOINING, "joining"),
                    G_DEFINE_ENUM_VALUE (CHAT_MEMBERSHIP_JOINED, "joined"),
                    G_DEFINE_ENUM_VALUE (CHAT_MEMBERSHIP_LEAVING, "leaving"),
                    G_DEFINE_ENUM_VALUE (CHAT_MEMBERSHIP_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (ChatDelivery, chat_delivery,
                    G_DEFINE_ENUM_VALUE (CHAT_DELIVERY_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (CHAT_DELIVERY_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (CHAT_DELIVERY_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (CHAT_DELIVERY_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (CHAT_DELIVERY_UNCONFIRMED, "unconfirmed"))

G_DEFINE_ENUM_TYPE (ChatSeverity, chat_severity,
                    G_DEFINE_ENUM_VALUE (CHAT_SEVERITY_LOW, "low"),
                    G_DEFINE_ENUM_VALUE (CHAT_SEVERITY_MEDIUM, "medium"),
                    G_DEFINE_ENUM_VALUE (CHAT_SEVERITY_HIGH, "high"),
                    G_DEFINE_ENUM_VALUE (CHAT_SEVERITY_CRITICAL, "critical"))

G_DEFINE_ENUM_TYPE (ChatNotificationType, chat_notification_type,
                    G_DEFINE_ENUM_VALUE (CHAT_NOTIFICATION_INFO, "info"),
                    G_DEFINE_ENUM_VALUE (CHAT_NOTIFICATION_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (CHAT_NOTIFICATION_SUCCESS, "success"),
                    G_DEFINE_ENUM_VALUE (CHAT_NOTIFICATION_ERROR, "error"))

G_DEFINE_FLAGS_TYPE (ChatFeatures, chat_features,
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_HISTORY, "history"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_DELIVERY, "delivery"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_EDIT, "edit"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_REACTIONS, "reactions"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_REPLIES, "replies"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_PRESENCE, "presence"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_READ, "read"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_ROOMS, "rooms"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_FILES, "files"),
                     G_DEFINE_ENUM_VALUE (CHAT_FEATURE_SEARCH, "search"))

G_DEFINE_FLAGS_TYPE (ChatSignInMethods, chat_sign_in_methods,
                     G_DEFINE_ENUM_VALUE (CHAT_SIGN_IN_TOKEN, "token"),
                     G_DEFINE_ENUM_VALUE (CHAT_SIGN_IN_PASSWORD, "password"))

G_DEFINE_ENUM_TYPE (ChatSearchOrder, chat_search_order,
                    G_DEFINE_ENUM_VALUE (CHAT_SEARCH_NEWEST, "newest"),
                    G_DEFINE_ENUM_VALUE (CHAT_SEARCH_BEST, "best"))
