/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Discovery and sign-in against servers of all sorts, and what a session says of an address that is no chat server's. */

#include "config.h"

#include <libsoup/soup.h>

#include "test-server.h"

typedef struct
{
  SoupServer *soup;
  ChatServer *server;
  char       *address;
  guint       status;
  const char *type;
  const char *well_known;
  const char *probe;
  const char *answer;
  char       *authorization;
  char       *body;
  guint       n_elsewhere;
} Fixture;

static void
respond (Fixture           *fixture,
         SoupServerMessage *message,
         guint              status,
         const char        *text)
{
  soup_server_message_set_status (message, text != NULL ? status : 404, NULL);
  if (text != NULL)
    soup_server_message_set_response (message, fixture->type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (g_str_equal (path, "/.well-known/enfilade.json"))
    respond (fixture, message, fixture->status, fixture->well_known);
  else if (g_str_equal (path, "/socket.io/"))
    respond (fixture, message, 200, fixture->probe);
  else if (g_str_has_prefix (path, "/auth/"))
    {
      SoupMessageBody *body = soup_server_message_get_request_body (message);

      fixture->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
      fixture->body = g_strndup (body->data, (gsize) body->length);
      respond (fixture, message, fixture->status, fixture->answer);
    }
  else
    {
      fixture->n_elsewhere++;
      respond (fixture, message, 200, "{}");
    }

  if (fixture->status == 302)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "/elsewhere");
}

static void
listen_with (Fixture                 *fixture,
             SoupServerListenOptions  options)
{
  g_autoptr(GError) error = NULL;
  GSList *uris = NULL;

  soup_server_add_handler (fixture->soup, NULL, request_cb, fixture, NULL);
  soup_server_listen_local (fixture->soup, 0, options | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->soup);
  fixture->address = g_strdup_printf ("%s://127.0.0.1:%d", g_uri_get_scheme (uris->data), g_uri_get_port (uris->data));
  fixture->server = chat_server_new (fixture->address);
  fixture->status = 200;
  fixture->type = "application/json";
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->soup = soup_server_new (NULL, NULL);
  listen_with (fixture, 0);
}

static void
set_up_tls (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "chat", "self-signed.pem", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  fixture->soup = soup_server_new ("tls-certificate", certificate, NULL);
  listen_with (fixture, SOUP_SERVER_LISTEN_HTTPS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->server);
  soup_server_disconnect (fixture->soup);
  g_clear_object (&fixture->soup);
  /* What the connections still have to do when they close, they do from the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_free (fixture->address);
  g_free (fixture->authorization);
  g_free (fixture->body);
}

static gboolean
discover (ChatServer  *server,
          GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_server_discover_async (server, NULL, test_take_result, &result);
  test_wait_until (result != NULL);

  return chat_server_discover_finish (server, result, error);
}

static void
assert_discovery_fails (ChatServer *server,
                        ChatError   expected)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (discover (server, &error));
  g_assert_error (error, CHAT_ERROR, (int) expected);
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_cmpint (chat_server_get_sign_in_methods (server), ==, CHAT_SIGN_IN_NONE);
}

static void
test_extended (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->well_known = "{\"name\":\"Ours\",\"version\":\"2\",\"signIn\":[\"password\",\"token\",\"telepathy\"],\"maxFileBytes\":0}";
  g_assert_true (discover (fixture->server, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chat_server_get_name (fixture->server), ==, "Ours");
  g_assert_cmpstr (chat_server_get_version (fixture->server), ==, "2");
  g_assert_cmpint (chat_server_get_sign_in_methods (fixture->server), ==, CHAT_SIGN_IN_PASSWORD | CHAT_SIGN_IN_TOKEN);
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->probe = "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";
  g_assert_true (discover (fixture->server, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chat_server_get_sign_in_methods (fixture->server), ==, CHAT_SIGN_IN_TOKEN);
}

static void
test_not_a_server (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *long_page = g_strnfill (400 * 1024, 'x');

  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  /* Sites that answer everything with their front page. */
  fixture->type = "text/html";
  fixture->well_known = fixture->probe = "<!DOCTYPE html><title>Hello</title>";
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  fixture->well_known = fixture->probe = long_page;
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  fixture->type = "application/json";
  fixture->well_known = fixture->probe = "{\"name\":7}";
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  fixture->well_known = "{\"name\":\"Ours\",\"signIn\":[\"telepathy\"]}";
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  fixture->well_known = fixture->probe = "\xff\xfe";
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);

  fixture->status = 302;
  assert_discovery_fails (fixture->server, CHAT_ERROR_NOT_A_SERVER);
  g_assert_cmpuint (fixture->n_elsewhere, ==, 0);
}

static void
test_nobody_there (Fixture       *fixture,
                   gconstpointer  data)
{
  soup_server_disconnect (fixture->soup);
  assert_discovery_fails (fixture->server, CHAT_ERROR_OFFLINE);
}

static void
test_certificate (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->well_known = "{\"name\":\"Ours\",\"signIn\":[\"token\"]}";
  g_assert_false (discover (fixture->server, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "certificate"));
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_server_discover_async (fixture->server, cancellable, test_take_result, &result);
  g_cancellable_cancel (cancellable);
  test_wait_until (result != NULL);
  g_assert_false (chat_server_discover_finish (fixture->server, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static ChatCredentials *
sign_in (Fixture  *fixture,
         GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_server_sign_in_async (fixture->server, "ben", "se\"cret", NULL, test_take_result, &result);
  test_wait_until (result != NULL);

  return chat_server_sign_in_finish (fixture->server, result, error);
}

#define SIGNED_IN "{\"token\":\"t2\",\"expiresAt\":1700000000000,\"user\":{\"userId\":\"u1\",\"username\":\"ben\",\"isAdmin\":true}}"

static void
test_sign_in (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatCredentials) credentials = NULL;

  fixture->answer = SIGNED_IN;
  credentials = sign_in (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->body, ==, "{\"username\":\"ben\",\"password\":\"se\\\"cret\"}");
  g_assert_cmpstr (chat_credentials_get_address (credentials), ==, fixture->address);
  g_assert_cmpstr (chat_credentials_get_token (credentials), ==, "t2");
  g_assert_cmpstr (chat_credentials_get_user_id (credentials), ==, "u1");
  g_assert_cmpint (chat_credentials_get_expires_at (credentials), ==, G_GINT64_CONSTANT (1700000000000));
  g_assert_true (chat_credentials_get_is_admin (credentials));
}

static void
test_sign_in_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    guint       status;
    const char *answer;
    ChatError   error;
    const char *message;
  } answers[] = {
    { 401, "{\"error\":\"The name or the password is wrong.\"}", CHAT_ERROR_UNAUTHORIZED, "The name or the password is wrong." },
    { 401, "", CHAT_ERROR_UNAUTHORIZED, NULL },
    { 401, "{\"error\":[]}", CHAT_ERROR_UNAUTHORIZED, NULL },
    { 429, "{\"error\":\"Slower.\"}", CHAT_ERROR_RATE_LIMITED, "Slower." },
    { 500, "<html>", CHAT_ERROR_INTERNAL, NULL },
    { 200, "{}", CHAT_ERROR_NOT_A_SERVER, NULL },
    { 200, "", CHAT_ERROR_NOT_A_SERVER, NULL },
    { 200, "{\"token\":\"\",\"expiresAt\":1,\"user\":{\"userId\":\"u\",\"username\":\"n\"}}", CHAT_ERROR_NOT_A_SERVER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(GError) error = NULL;

      g_clear_pointer (&fixture->body, g_free);
      fixture->status = answers[i].status;
      fixture->answer = answers[i].answer;
      g_assert_null (sign_in (fixture, &error));
      g_assert_error (error, CHAT_ERROR, (int) answers[i].error);
      if (answers[i].message != NULL)
        g_assert_cmpstr (error->message, ==, answers[i].message);
      g_assert_cmpuint (strlen (error->message), >, 0);
    }
}

static gboolean
refresh (Fixture          *fixture,
         ChatCredentials  *credentials,
         GError          **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_server_refresh_async (fixture->server, credentials, NULL, test_take_result, &result);
  test_wait_until (result != NULL);

  return chat_server_refresh_finish (fixture->server, result, error);
}

static void
test_refresh (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (fixture->address, "t1", 5);
  g_autoptr(GError) error = NULL;

  fixture->answer = SIGNED_IN;
  g_assert_true (refresh (fixture, credentials, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->authorization, ==, "Bearer t1");
  g_assert_cmpstr (chat_credentials_get_token (credentials), ==, "t2");

  g_clear_pointer (&fixture->authorization, g_free);
  g_clear_pointer (&fixture->body, g_free);
  fixture->answer = NULL;
  g_assert_false (refresh (fixture, credentials, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);
  g_assert_cmpstr (chat_credentials_get_token (credentials), ==, "t2");
}

static void
assert_session_says (Fixture    *fixture,
                     const char *words)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (fixture->address, "t", 0);
  g_autoptr(ChatSession) session = chat_session_new (credentials);

  chat_session_start (session);
  test_wait_until (chat_session_get_problem (session) != NULL);
  g_assert_nonnull (strstr (chat_session_get_problem (session), words));
  g_assert_cmpint (chat_session_get_connection (session), ==, CHAT_CONNECTION_CONNECTING);
  test_wait_until (chat_session_get_next_attempt_time (session) > 0);

  test_finish_session (&session);
}

static void
test_session_without_a_server (Fixture       *fixture,
                               gconstpointer  data)
{
  fixture->probe = "<!DOCTYPE html>";
  assert_session_says (fixture, "not a chat server");
}

static void
test_session_with_a_bad_certificate (Fixture       *fixture,
                                     gconstpointer  data)
{
  assert_session_says (fixture, "certificate");
}

static void
test_session_with_nobody_there (Fixture       *fixture,
                                gconstpointer  data)
{
  soup_server_disconnect (fixture->soup);
  assert_session_says (fixture, "cannot be reached");
}

#define ADD(path, set_up_func, test) g_test_add ("/http/" path, Fixture, NULL, set_up_func, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("discovery/extended", set_up, test_extended);
  ADD ("discovery/plain", set_up, test_plain);
  ADD ("discovery/not-a-server", set_up, test_not_a_server);
  ADD ("discovery/nobody-there", set_up, test_nobody_there);
  ADD ("discovery/certificate", set_up_tls, test_certificate);
  ADD ("discovery/cancel", set_up, test_cancel);
  ADD ("sign-in/succeeds", set_up, test_sign_in);
  ADD ("sign-in/fails", set_up, test_sign_in_fails);
  ADD ("sign-in/refresh", set_up, test_refresh);
  ADD ("session/not-a-server", set_up, test_session_without_a_server);
  ADD ("session/certificate", set_up_tls, test_session_with_a_bad_certificate);
  ADD ("session/nobody-there", set_up, test_session_with_nobody_there);

  return g_test_run ();
}
