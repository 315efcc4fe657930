/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <enfilade-chat.h>

#include "chat-jwt-private.h"

static char *
make_token (const char *claims)
{
  g_autofree char *part = g_base64_encode ((const guchar *) claims, strlen (claims));
  char *token = NULL;

  g_strdelimit (part, "+", '-');
  g_strdelimit (part, "/", '_');
  if (strchr (part, '=') != NULL)
    *strchr (part, '=') = '\0';

  token = g_strdup_printf ("eyJhbGciOiJIUzI1NiJ9.%s.c2lnbmF0dXJl", part);

  return token;
}

static ChatJwt *
read_claims (const char *claims)
{
  g_autofree char *token = make_token (claims);

  return chat_jwt_read (token);
}

static void
test_reads_claims (void)
{
  g_autoptr(ChatJwt) full = read_claims ("{\"sub\":\"u1\",\"username\":\"Zoë ÿ?>\",\"isAdmin\":true,\"exp\":1700000000}");
  g_autoptr(ChatJwt) other = read_claims ("{\"userId\":\"u2\",\"name\":\"Eve\",\"role\":\"admin\"}");
  g_autoptr(ChatJwt) none = read_claims ("{}");

  g_assert_cmpstr (full->user_id, ==, "u1");
  g_assert_cmpstr (full->username, ==, "Zoë ÿ?>");
  g_assert_true (full->is_admin);
  g_assert_cmpint (full->expires_at, ==, G_GINT64_CONSTANT (1700000000000));
  g_assert_cmpstr (other->user_id, ==, "u2");
  g_assert_cmpstr (other->username, ==, "Eve");
  g_assert_true (other->is_admin);
  g_assert_cmpint (other->expires_at, ==, 0);
  g_assert_null (none->user_id);
  g_assert_false (none->is_admin);
}

static void
test_claims_of_other_types (void)
{
  g_autoptr(ChatJwt) jwt = read_claims ("{\"sub\":7,\"username\":[],\"isAdmin\":\"true\",\"role\":{},\"exp\":\"soon\"}");
  g_autoptr(ChatJwt) huge = read_claims ("{\"exp\":1e300}");
  g_autoptr(ChatJwt) negative = read_claims ("{\"exp\":-5}");

  g_assert_null (jwt->user_id);
  g_assert_null (jwt->username);
  g_assert_false (jwt->is_admin);
  g_assert_cmpint (jwt->expires_at, ==, 0);
  g_assert_cmpint (huge->expires_at, ==, 0);
  g_assert_cmpint (negative->expires_at, ==, 0);
}

static void
test_what_is_no_token (void)
{
  static const char *tokens[] = {
    "", ".", "..", "...", "a.b", "a.b.c.d", "a.!!!.c", "a.AAAAA.c", "a.W10.c", "a.bnVsbA.c", "a._w.c", "opaque-token",
    "a.AA.c",
  };
  g_autofree char *huge = g_strnfill (100000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_assert_null (chat_jwt_read (tokens[i]));

  g_assert_null (chat_jwt_read (huge));
  g_assert_null (chat_jwt_read (NULL));
}

/* Whatever the bytes, there is an answer. */
static void
test_any_bytes (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      char token[64];
      guint length = (guint) g_test_rand_int_range (0, sizeof token);

      for (guint j = 0; j < length; j++)
        token[j] = "abcXYZ09-_.=+/ {\x7f"[g_test_rand_int_range (0, 17)];
      token[length] = '\0';

      g_clear_pointer (&(ChatJwt *) { chat_jwt_read (token) }, chat_jwt_free);
    }
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           guint      *n_notified)
{
  *n_notified += 1;
}

static void
test_credentials (void)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("https://chat.example.org", "t", 5);
  guint n_notified = 0;

  g_signal_connect (credentials, "notify", G_CALLBACK (notify_cb), &n_notified);
  chat_credentials_set_token (credentials, "t", 5);
  g_assert_cmpuint (n_notified, ==, 0);
  chat_credentials_set_token (credentials, "t2", 6);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_cmpstr (chat_credentials_get_token (credentials), ==, "t2");
  g_assert_cmpint (chat_credentials_get_expires_at (credentials), ==, 6);

  chat_credentials_set_user (credentials, "u1", "Ben", TRUE);
  g_assert_cmpuint (n_notified, ==, 5);
  chat_credentials_set_user (credentials, "u1", "Ben", TRUE);
  g_assert_cmpuint (n_notified, ==, 5);
  g_assert_cmpstr (chat_credentials_get_address (credentials), ==, "https://chat.example.org");
  g_assert_true (chat_credentials_get_is_admin (credentials));

  /* What the server does not say is not kept from before. */
  chat_credentials_set_user (credentials, chat_credentials_get_user_id (credentials), NULL, FALSE);
  g_assert_cmpstr (chat_credentials_get_user_id (credentials), ==, "u1");
  g_assert_null (chat_credentials_get_username (credentials));
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    const char *address;
  } addresses[] = {
    { "chat.example.org", "https://chat.example.org" },
    { "  Chat.Example.ORG/ ", "https://chat.example.org" },
    { "chat.example.org:8443", "https://chat.example.org:8443" },
    { "https://chat.example.org:443/path?q#f", "https://chat.example.org" },
    { "http://chat.example.org:80", "http://chat.example.org" },
    { "wss://chat.example.org", "https://chat.example.org" },
    { "ws://chat.example.org:81", "http://chat.example.org:81" },
    { "HTTPS://chat.example.org", "https://chat.example.org" },
    { "localhost:3001", "http://localhost:3001" },
    { "localhost", "http://localhost" },
    { "chat.localhost:3001", "http://chat.localhost:3001" },
    { "127.0.0.1:3001", "http://127.0.0.1:3001" },
    { "[::1]:3001", "http://[::1]:3001" },
    { "192.168.1.7:3001", "https://192.168.1.7:3001" },
    { "[2001:db8::1]", "https://[2001:db8::1]" },
    { "bücher.example", "https://xn--bcher-kva.example" },
    { "", NULL },
    { "   ", NULL },
    { "two words", NULL },
    { "http://", NULL },
    { "https:///path", NULL },
    { "ftp://chat.example.org", NULL },
    { "file:///etc/passwd", NULL },
    { "javascript://x", NULL },
    { "http://name:secret@chat.example.org", NULL },
    { "chat.example.org:0", NULL },
    { "chat.example.org:99999", NULL },
    { "chat.example.org:port", NULL },
    { "http://[::1", NULL },
    { "http://a\x01z", NULL },
    { "\xff\xfe", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *address = chat_server_normalize_address (addresses[i].text, &error);

      g_assert_cmpstr (address, ==, addresses[i].address);
      if (address == NULL)
        g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

/* An address is its own normal form. */
static void
test_addresses_are_stable (void)
{
  static const char *parts[] = { "http://", "https://", "chat", "example", ".", ":", "/", "[", "]", "::1", "127.0.0.1", "80", "443",
                                 "é", "@", "?", "#", "%41", "%", " ", "-", "xn--" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *address = NULL;
      g_autofree char *again = NULL;

      for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);

      address = chat_server_normalize_address (text->str, NULL);
      if (address == NULL)
        continue;

      again = chat_server_normalize_address (address, NULL);
      g_assert_cmpstr (again, ==, address);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token/reads-claims", test_reads_claims);
  g_test_add_func ("/token/claims-of-other-types", test_claims_of_other_types);
  g_test_add_func ("/token/what-is-no-token", test_what_is_no_token);
  g_test_add_func ("/token/any-bytes", test_any_bytes);
  g_test_add_func ("/credentials/notify-on-change", test_credentials);
  g_test_add_func ("/address/normal-form", test_addresses);
  g_test_add_func ("/address/stable", test_addresses_are_stable);

  return g_test_run ();
}
