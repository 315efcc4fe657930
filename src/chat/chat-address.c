/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types for a server, made an address. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "chat-error.h"
#include "chat-server.h"

#define MAX_ADDRESS 2048

static char *
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, message);

  return NULL;
}

/* On one's own machine a server has no certificate; elsewhere a token must not go out in the clear unless a person wrote so. */
static gboolean
is_local (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

static char *
host_of (const char *without_scheme)
{
  g_autofree char *guess = g_strconcat ("https://", without_scheme, NULL);
  g_autoptr(GUri) uri = g_uri_parse (guess, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static char *
add_scheme (const char *text)
{
  g_autofree char *host = NULL;

  if (strstr (text, "://") != NULL)
    return g_strdup (text);

  host = host_of (text);
  if (host == NULL)
    return NULL;

  return g_strconcat (is_local (host) ? "http://" : "https://", text, NULL);
}

static const char *
http_scheme (const char *scheme)
{
  if (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "wss") == 0)
    return "https";

  if (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "ws") == 0)
    return "http";

  return NULL;
}

static gboolean
has_spaces (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        return TRUE;
    }

  return FALSE;
}

/* International names go on the wire in their ASCII form; libsoup wants it so too. */
static char *
ascii_host (const char *host)
{
  g_autofree char *lower = NULL;

  if (strchr (host, ':') != NULL)
    return g_ascii_strdown (host, -1);

  lower = g_utf8_strdown (host, -1);

  return g_hostname_is_non_ascii (lower) ? g_hostname_to_ascii (lower) : g_steal_pointer (&lower);
}

static int
port_of (GUri       *uri,
         const char *scheme)
{
  int port = g_uri_get_port (uri);
  int usual = g_str_equal (scheme, "https") ? 443 : 80;

  return port == usual ? -1 : port;
}

/**
 * chat_server_normalize_address:
 * @text: what a person typed
 * @error: return location for a #GError, in words
 *
 * Makes an address of what a person typed: adds the scheme (`http` on this machine, `https` elsewhere), writes the host in its
 * ASCII form, and drops the path, for a chat server is a whole origin.
 *
 * Returns: (nullable) (transfer full): the address, or %NULL when @text is none
 */
char *
chat_server_normalize_address (const char  *text,
                               GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *full = NULL;
  g_autofree char *host = NULL;
  g_autoptr(GUri) uri = NULL;
  const char *scheme = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_ADDRESS + 1) > MAX_ADDRESS || !g_utf8_validate (text, -1, NULL))
    return fail (error, _("This is not an address."));

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    return fail (error, _("Enter the address of a server, such as chat.example.org."));

  full = has_spaces (stripped) ? NULL : add_scheme (stripped);
  uri = full != NULL ? g_uri_parse (full, G_URI_FLAGS_NONE, NULL) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return fail (error, _("This is not an address. Enter one such as chat.example.org."));

  scheme = http_scheme (g_uri_get_scheme (uri));
  if (scheme == NULL)
    return fail (error, _("The address must begin with https:// or http://."));

  if (g_uri_get_userinfo (uri) != NULL)
    return fail (error, _("The address must not contain a name or a password."));

  if (g_uri_get_port (uri) == 0)
    return fail (error, _("The port must be a number from 1 to 65535."));

  host = ascii_host (g_uri_get_host (uri));
  if (host == NULL)
    return fail (error, _("This is not an address. Enter one such as chat.example.org."));

  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, port_of (uri, scheme), "", NULL, NULL);
}
