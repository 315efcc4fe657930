/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-markup.h"
#include "chat-search-index-private.h"

/* The planes of private use, but for their last two characters, which are none. */
#define FIRST_SIGN_OF_ROOM ((gunichar) 0xf0000)
#define FIRST_SIGN_OF_PERSON ((gunichar) 0x100000)
#define N_SIGNS 65534

gunichar
chat_search_sign_of_room (gint64 room)
{
  return FIRST_SIGN_OF_ROOM + (gunichar) ((guint64) room % N_SIGNS);
}

gunichar
chat_search_sign_of_person (gint64 person)
{
  return FIRST_SIGN_OF_PERSON + (gunichar) ((guint64) person % N_SIGNS);
}

static void
append_sign (GString  *text,
             gunichar  sign)
{
  g_string_append_c (text, ' ');
  g_string_append_unichar (text, sign);
}

/* (transfer full): what the index takes as words, one space between two */
char *
chat_search_index_text (const char *content,
                        gint64      room,
                        gint64      person)
{
  g_autofree char *valid = g_utf8_make_valid (content, -1);
  g_autofree char *folded = chat_search_text_fold (valid);
  GString *text = g_string_new (folded);

  append_sign (text, chat_search_sign_of_room (room));
  append_sign (text, chat_search_sign_of_person (person));
  if (chat_markup_has_link (valid))
    append_sign (text, CHAT_SEARCH_SIGN_LINK);

  return g_string_free (text, FALSE);
}

static void
search_text_cb (sqlite3_context  *context,
                int               n_arguments,
                sqlite3_value   **arguments)
{
  const char *content = (const char *) sqlite3_value_text (arguments[0]);

  sqlite3_result_text (context,
                       chat_search_index_text (content != NULL ? content : "",
                                               sqlite3_value_int64 (arguments[1]),
                                               sqlite3_value_int64 (arguments[2])),
                       -1, g_free);
}

int
chat_search_index_register (sqlite3 *handle)
{
  /* Innocuous: a file may name it in its triggers, since it does nothing but answer. */
  return sqlite3_create_function_v2 (handle, "search_text", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                     NULL, search_text_cb, NULL, NULL, NULL);
}
