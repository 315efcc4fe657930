/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-error.h"
#include "sio-handshake-private.h"

static void
test_whole (void)
{
  const char *text = "{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                     "\"pingTimeout\":20000,\"maxPayload\":1000000,\"more\":{}}";
  g_autoptr(GError) error = NULL;
  SioHandshake handshake;

  g_assert_true (sio_handshake_parse (&handshake, text, strlen (text), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (handshake.session_id, ==, "lv_VI97HAXpY6yYWAAAC");
  g_assert_true (handshake.offers_websocket);
  g_assert_cmpint (handshake.ping_interval_ms, ==, 25000);
  g_assert_cmpint (handshake.ping_timeout_ms, ==, 20000);
  g_assert_cmpuint (handshake.max_payload, ==, 1000000);
  sio_handshake_clear (&handshake);
}

static void
test_without_what_may_lack (void)
{
  const char *text = "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":300,\"pingTimeout\":200}";
  SioHandshake handshake;

  g_assert_true (sio_handshake_parse (&handshake, text, strlen (text), NULL));
  g_assert_false (handshake.offers_websocket);
  g_assert_cmpuint (handshake.max_payload, ==, 0);
  sio_handshake_clear (&handshake);
}

static void
test_refused (gconstpointer data)
{
  const char *text = data;
  g_autoptr(GError) error = NULL;
  SioHandshake handshake;

  g_assert_false (sio_handshake_parse (&handshake, text, strlen (text), &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_NOT_SOCKETIO);
  g_assert_null (handshake.session_id);
}

static void
test_older_version (void)
{
  const char *older = "97:0{\"sid\":\"a\",\"upgrades\":[]}2:40";
  const char *ours = "0{\"sid\":\"a\"}";
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_handshake_check_version ((const guint8 *) ours, strlen (ours), NULL));
  g_assert_true (sio_handshake_check_version (NULL, 0, NULL));
  g_assert_true (sio_handshake_check_version ((const guint8 *) "97:", 3, NULL));
  g_assert_false (sio_handshake_check_version ((const guint8 *) older, strlen (older), &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    const char *text;
  } refused[] = {
    { "empty", "" },
    { "no-json", "{" },
    { "array", "[]" },
    { "null", "null" },
    { "nothing-in-it", "{}" },
    { "no-session", "{\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}" },
    { "empty-session", "{\"sid\":\"\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}" },
    { "number-for-session", "{\"sid\":7,\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}" },
    { "upgrades-no-array", "{\"sid\":\"a\",\"upgrades\":\"websocket\",\"pingInterval\":1,\"pingTimeout\":1}" },
    { "upgrade-no-string", "{\"sid\":\"a\",\"upgrades\":[null],\"pingInterval\":1,\"pingTimeout\":1}" },
    { "no-interval", "{\"sid\":\"a\",\"upgrades\":[],\"pingTimeout\":1}" },
    { "interval-0", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":1}" },
    { "interval-negative", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":-5,\"pingTimeout\":1}" },
    { "interval-text", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":\"25000\",\"pingTimeout\":1}" },
    { "interval-huge", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1e300,\"pingTimeout\":1}" },
    { "timeout-negative", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":-1}" },
    { "payload-negative", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1,\"maxPayload\":-1}" },
    { "payload-text", "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1,\"maxPayload\":\"1\"}" },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/handshake/whole", test_whole);
  g_test_add_func ("/handshake/without-what-may-lack", test_without_what_may_lack);
  g_test_add_func ("/handshake/older-version", test_older_version);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/handshake/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, refused[i].text, test_refused);
    }

  return g_test_run ();
}
