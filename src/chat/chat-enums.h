/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChatConnection:
 * @CHAT_CONNECTION_OFFLINE: not connected, and not trying
 * @CHAT_CONNECTION_CONNECTING: the first connection is being made
 * @CHAT_CONNECTION_ONLINE: connected, and what is sent goes out
 * @CHAT_CONNECTION_RECONNECTING: the connection was lost; an attempt is under way or waits for its time
 * @CHAT_CONNECTION_REFUSED: the server does not take the account; only signing in again helps
 */
typedef enum
{
  CHAT_CONNECTION_OFFLINE,
  CHAT_CONNECTION_CONNECTING,
  CHAT_CONNECTION_ONLINE,
  CHAT_CONNECTION_RECONNECTING,
  CHAT_CONNECTION_REFUSED,
} ChatConnection;

/**
 * ChatMembership:
 * @CHAT_MEMBERSHIP_NONE: not in the room
 * @CHAT_MEMBERSHIP_JOINING: asked to join, no answer yet
 * @CHAT_MEMBERSHIP_JOINED: in the room
 * @CHAT_MEMBERSHIP_LEAVING: asked to leave, no answer yet
 * @CHAT_MEMBERSHIP_FAILED: joining failed; the room's error says why
 */
typedef enum
{
  CHAT_MEMBERSHIP_NONE,
  CHAT_MEMBERSHIP_JOINING,
  CHAT_MEMBERSHIP_JOINED,
  CHAT_MEMBERSHIP_LEAVING,
  CHAT_MEMBERSHIP_FAILED,
} ChatMembership;

/**
 * ChatDelivery:
 * @CHAT_DELIVERY_RECEIVED: came from the server; somebody else's, or our own from before
 * @CHAT_DELIVERY_WAITING: written here, not yet confirmed
 * @CHAT_DELIVERY_SENT: the server has it
 * @CHAT_DELIVERY_FAILED: the server refused it; the message's error says why
 * @CHAT_DELIVERY_UNCONFIRMED: sent, but the connection broke before the server said so, and to send it again could say it twice
 */
typedef enum
{
  CHAT_DELIVERY_RECEIVED,
  CHAT_DELIVERY_WAITING,
  CHAT_DELIVERY_SENT,
  CHAT_DELIVERY_FAILED,
  CHAT_DELIVERY_UNCONFIRMED,
} ChatDelivery;

typedef enum
{
  CHAT_SEVERITY_LOW,
  CHAT_SEVERITY_MEDIUM,
  CHAT_SEVERITY_HIGH,
  CHAT_SEVERITY_CRITICAL,
} ChatSeverity;

typedef enum
{
  CHAT_NOTIFICATION_INFO,
  CHAT_NOTIFICATION_WARNING,
  CHAT_NOTIFICATION_SUCCESS,
  CHAT_NOTIFICATION_ERROR,
} ChatNotificationType;

/**
 * ChatFeatures:
 *
 * What an extended server names in its `session`; a plain server has none.
 */
typedef enum /*< flags >*/
{
  CHAT_FEATURE_NONE = 0,
  CHAT_FEATURE_HISTORY = 1 << 0,
  CHAT_FEATURE_DELIVERY = 1 << 1,
  CHAT_FEATURE_EDIT = 1 << 2,
  CHAT_FEATURE_REACTIONS = 1 << 3,
  CHAT_FEATURE_REPLIES = 1 << 4,
  CHAT_FEATURE_PRESENCE = 1 << 5,
  CHAT_FEATURE_READ = 1 << 6,
  CHAT_FEATURE_ROOMS = 1 << 7,
  CHAT_FEATURE_FILES = 1 << 8,
  CHAT_FEATURE_SEARCH = 1 << 9,
} ChatFeatures;

typedef enum /*< flags >*/
{
  CHAT_SIGN_IN_NONE = 0,
  CHAT_SIGN_IN_TOKEN = 1 << 0,
  CHAT_SIGN_IN_PASSWORD = 1 << 1,
} ChatSignInMethods;

/**
 * ChatSearchOrder:
 * @CHAT_SEARCH_NEWEST: what was said last stands first
 * @CHAT_SEARCH_BEST: what answers best stands first
 */
typedef enum
{
  CHAT_SEARCH_NEWEST,
  CHAT_SEARCH_BEST,
} ChatSearchOrder;

#define CHAT_TYPE_CONNECTION (chat_connection_get_type ())
#define CHAT_TYPE_MEMBERSHIP (chat_membership_get_type ())
#define CHAT_TYPE_DELIVERY (chat_delivery_get_type ())
#define CHAT_TYPE_SEVERITY (chat_severity_get_type ())
#define CHAT_TYPE_NOTIFICATION_TYPE (chat_notification_type_get_type ())
#define CHAT_TYPE_FEATURES (chat_features_get_type ())
#define CHAT_TYPE_SIGN_IN_METHODS (chat_sign_in_methods_get_type ())
#define CHAT_TYPE_SEARCH_ORDER (chat_search_order_get_type ())

GType chat_connection_get_type        (void) G_GNUC_CONST;
GType chat_membership_get_type        (void) G_GNUC_CONST;
GType chat_delivery_get_type          (void) G_GNUC_CONST;
GType chat_severity_get_type          (void) G_GNUC_CONST;
GType chat_notification_type_get_type (void) G_GNUC_CONST;
GType chat_features_get_type          (void) G_GNUC_CONST;
GType chat_sign_in_methods_get_type   (void) G_GNUC_CONST;
GType chat_search_order_get_type      (void) G_GNUC_CONST;

G_END_DECLS
