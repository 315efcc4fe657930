/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the members of one object are read: the first one that does not fit sets the error, and after it all reads are idle, so
 * that a decoder reads straight down and asks once at its end. */

#pragma once

#include <socketio-glib.h>

G_BEGIN_DECLS

typedef struct
{
  SioValue   *object;
  const char *event;
  GError     *error;
} ChatReader;

typedef enum
{
  CHAT_READ_REQUIRED,
  CHAT_READ_OPTIONAL,
} ChatReadMode;

void      chat_reader_init         (ChatReader    *self,
                                    SioValue      *object,
                                    const char    *event);
gboolean  chat_reader_end          (ChatReader    *self,
                                    GError       **error);
gboolean  chat_reader_failed       (ChatReader    *self);
void      chat_reader_fail         (ChatReader    *self,
                                    const char    *name,
                                    const char    *problem);

SioValue *chat_reader_get          (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
char     *chat_reader_dup_id       (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
char     *chat_reader_dup_line     (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
char     *chat_reader_dup_text     (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
gboolean  chat_reader_get_boolean  (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
gint64    chat_reader_get_count    (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
gint64    chat_reader_get_time     (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
double    chat_reader_get_number   (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
SioValue *chat_reader_get_array    (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);
SioValue *chat_reader_get_object   (ChatReader    *self,
                                    const char    *name,
                                    ChatReadMode   mode);

G_END_DECLS
