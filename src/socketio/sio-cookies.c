/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-cookies-private.h"

static void
append_cookies (GString    *cookies,
                const char *more)
{
  if (cookies->len > 0)
    g_string_append (cookies, "; ");
  g_string_append (cookies, more);
}

static void
append_header (const char *name,
               const char *value,
               gpointer    cookies)
{
  if (g_ascii_strcasecmp (name, "Cookie") == 0)
    append_cookies (cookies, value);
}

char *
sio_cookies_for_request (SioEngineSettings  *settings,
                         GUri               *uri,
                         SoupMessageHeaders *headers)
{
  SoupCookieJar *jar = settings->options.cookie_jar;
  g_autoptr(GString) cookies = g_string_new (NULL);
  g_autofree char *kept = jar != NULL ? soup_cookie_jar_get_cookies (jar, uri, TRUE) : NULL;

  soup_message_headers_foreach (headers, append_header, cookies);
  if (kept != NULL)
    append_cookies (cookies, kept);

  return cookies->len > 0 ? g_string_free (g_steal_pointer (&cookies), FALSE) : NULL;
}

void
sio_cookies_keep_answered (SioEngineSettings  *settings,
                           GUri               *uri,
                           SoupMessageHeaders *answer)
{
  SoupCookieJar *jar = settings->options.cookie_jar;
  SoupMessageHeadersIter iter;
  const char *name, *value;

  if (jar == NULL)
    return;

  soup_message_headers_iter_init (&iter, answer);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Set-Cookie") == 0)
      soup_cookie_jar_set_cookie (jar, uri, value);
}
