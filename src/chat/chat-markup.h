/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes a message's text Pango markup: everything escaped, web and mail addresses as links. Only http, https and mailto become
 * links, and what a link shows is where it goes. */
char     *chat_markup_from_text (const char *text);
gboolean  chat_markup_has_link  (const char *text);

G_END_DECLS
