/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHAT_TYPE_SERIES (chat_series_get_type ())

G_DECLARE_FINAL_TYPE (ChatSeries, chat_series, CHAT, SERIES, GObject)

/* The last values of one figure with their times, oldest first; what a chart draws. Signal: changed. Properties: latest. */
ChatSeries *chat_series_new          (guint       capacity);
void        chat_series_add          (ChatSeries *self,
                                      gint64      time,
                                      double      value);
guint       chat_series_get_length   (ChatSeries *self);
gint64      chat_series_get_time     (ChatSeries *self,
                                      guint       index);
double      chat_series_get_value    (ChatSeries *self,
                                      guint       index);
double      chat_series_get_latest   (ChatSeries *self);
double      chat_series_get_maximum  (ChatSeries *self);

G_END_DECLS
