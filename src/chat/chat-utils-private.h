/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts a copy of @value in the place of @string; FALSE when it was the same already, so that nothing is notified. */
static inline gboolean
chat_set_string (char       **string,
                 const char  *value)
{
  char *copy = NULL;

  if (g_strcmp0 (*string, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*string);
  *string = copy;

  return TRUE;
}

G_END_DECLS
