/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-enums.h"

G_BEGIN_DECLS

char     *enfilade_connection_text_describe (ChatConnection  connection,
                                             gint64          next_attempt_time,
                                             gint64          now,
                                             guint           n_waiting);
char     *enfilade_connection_text_short    (ChatConnection  connection);
gboolean  enfilade_connection_text_can_retry (ChatConnection  connection,
                                              gint64          next_attempt_time);

G_END_DECLS
