/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-signin-page.h"
#include "test-app.h"
#include "test-server.h"

typedef struct
{
  GtkWidget          *window;
  EnfiladeSigninPage *page;
  ChatCredentials    *credentials;
} Fixture;

static void
signed_in (Fixture         *fixture,
           ChatCredentials *credentials)
{
  g_set_object (&fixture->credentials, credentials);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->page = g_object_new (ENFILADE_TYPE_SIGNIN_PAGE, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  g_signal_connect_swapped (fixture->page, "signed-in", G_CALLBACK (signed_in), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->credentials);
  test_drain ();
}

static void
set_text (Fixture    *fixture,
          const char *row,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_find_widget (fixture->page, row)), text);
}

static void
click (Fixture    *fixture,
       const char *button)
{
  GtkWidget *widget = test_find_widget (fixture->page, button);

  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

static void
wait_until_idle (Fixture *fixture)
{
  test_wait_for (!enfilade_signin_page_get_busy (fixture->page));
}

static void
assert_step (Fixture    *fixture,
             const char *expected)
{
  GtkStack *steps = GTK_STACK (test_find_widget (fixture->page, "steps"));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (steps), ==, expected);
}

static void
assert_problem_at (Fixture    *fixture,
                   const char *row)
{
  GtkWidget *widget = test_find_widget (fixture->page, row);

  g_assert_nonnull (enfilade_signin_page_get_problem (fixture->page));
  g_assert_cmpuint (strlen (enfilade_signin_page_get_problem (fixture->page)), >, 0);
  g_assert_true (gtk_widget_has_css_class (widget, "error"));
  gtk_test_accessible_assert_state (widget, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
}

static void
test_bad_address (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_assert_false (gtk_widget_is_sensitive (test_find_widget (fixture->page, "continue_button")));

  set_text (fixture, "address_row", "no address at all");
  click (fixture, "continue_button");
  g_assert_false (enfilade_signin_page_get_busy (fixture->page));
  assert_step (fixture, "address");
  assert_problem_at (fixture, "address_row");

  /* Typing on takes the problem away. */
  set_text (fixture, "address_row", "chat.example.org");
  g_assert_null (enfilade_signin_page_get_problem (fixture->page));
  g_assert_false (gtk_widget_has_css_class (test_find_widget (fixture->page, "address_row"), "error"));
}

static void
test_no_server (Fixture       *fixture,
                gconstpointer  user_data)
{
  set_text (fixture, "address_row", "http://127.0.0.1:9");
  click (fixture, "continue_button");
  g_assert_true (enfilade_signin_page_get_busy (fixture->page));
  g_assert_true (gtk_widget_get_visible (test_find_widget (fixture->page, "address_cancel")));
  g_assert_false (gtk_widget_is_sensitive (test_find_widget (fixture->page, "address_row")));

  wait_until_idle (fixture);
  assert_step (fixture, "address");
  assert_problem_at (fixture, "address_row");
  g_assert_true (gtk_widget_is_sensitive (test_find_widget (fixture->page, "address_row")));
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  user_data)
{
  set_text (fixture, "address_row", "http://127.0.0.1:9");
  click (fixture, "continue_button");
  click (fixture, "address_cancel");
  g_assert_false (enfilade_signin_page_get_busy (fixture->page));
  test_drain ();
  assert_step (fixture, "address");
  g_assert_null (enfilade_signin_page_get_problem (fixture->page));

  /* What was given up does not answer in the place of what was begun after it. */
  click (fixture, "continue_button");
  click (fixture, "address_cancel");
  click (fixture, "continue_button");
  wait_until_idle (fixture);
  assert_problem_at (fixture, "address_row");
}

static TestServer *
start_server (void)
{
  TestServer *server = test_server_new_reference (NULL);

  test_server_start (server);

  return server;
}

static void
test_password (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(TestServer) server = start_server ();

  test_server_add_user (server, "mira", FALSE);
  set_text (fixture, "address_row", test_server_get_address (server));
  click (fixture, "continue_button");
  wait_until_idle (fixture);
  assert_step (fixture, "account");
  g_assert_true (gtk_widget_get_visible (test_find_widget (fixture->page, "password_row")));
  g_assert_false (gtk_widget_get_visible (test_find_widget (fixture->page, "token_row")));
  g_assert_false (gtk_widget_is_sensitive (test_find_widget (fixture->page, "sign_in_button")));

  set_text (fixture, "username_row", "mira");
  set_text (fixture, "password_row", "wrong");
  click (fixture, "sign_in_button");
  wait_until_idle (fixture);
  assert_problem_at (fixture, "password_row");
  g_assert_null (fixture->credentials);

  set_text (fixture, "password_row", TEST_PASSWORD);
  g_assert_null (enfilade_signin_page_get_problem (fixture->page));
  click (fixture, "sign_in_button");
  wait_until_idle (fixture);
  g_assert_nonnull (fixture->credentials);
  g_assert_cmpstr (chat_credentials_get_username (fixture->credentials), ==, "mira");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_widget (fixture->page, "password_row"))), ==, "");
}

static void
test_token (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr(TestServer) server = start_server ();

  set_text (fixture, "address_row", test_server_get_address (server));
  click (fixture, "continue_button");
  wait_until_idle (fixture);
  click (fixture, "method_button");
  g_assert_false (gtk_widget_get_visible (test_find_widget (fixture->page, "username_row")));
  g_assert_true (gtk_widget_get_visible (test_find_widget (fixture->page, "token_row")));

  set_text (fixture, "token_row", " a.token \n");
  click (fixture, "sign_in_button");
  g_assert_nonnull (fixture->credentials);
  g_assert_cmpstr (chat_credentials_get_token (fixture->credentials), ==, "a.token");
  g_assert_cmpstr (chat_credentials_get_address (fixture->credentials), ==, test_server_get_address (server));
}

/* The command line does what a person would do. */
static void
test_scripted (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(TestServer) server = start_server ();
  const char *address = test_server_get_address (server);

  test_server_add_user (server, "mira", FALSE);
  enfilade_signin_page_sign_in_with_password (fixture->page, address, "mira", "wrong");
  test_wait_for (enfilade_signin_page_get_problem (fixture->page) != NULL);
  assert_step (fixture, "account");
  assert_problem_at (fixture, "password_row");

  enfilade_signin_page_sign_in_with_password (fixture->page, address, "mira", TEST_PASSWORD);
  test_wait_for (fixture->credentials != NULL);
  g_assert_cmpstr (chat_credentials_get_username (fixture->credentials), ==, "mira");
  g_clear_object (&fixture->credentials);

  enfilade_signin_page_sign_in_with_token (fixture->page, address, "a.token");
  test_wait_for (fixture->credentials != NULL);
  g_assert_cmpstr (chat_credentials_get_token (fixture->credentials), ==, "a.token");
}

/* A plain server takes tokens only, and says so to a script that comes with a password. */
static void
test_plain (Fixture       *fixture,
            gconstpointer  user_data)
{
  const char *options[] = { "--plain", NULL };
  g_autoptr(TestServer) server = test_server_new_reference (options);

  test_server_start (server);
  enfilade_signin_page_sign_in_with_password (fixture->page, test_server_get_address (server), "mira", TEST_PASSWORD);
  test_wait_for (enfilade_signin_page_get_problem (fixture->page) != NULL);
  assert_step (fixture, "account");
  assert_problem_at (fixture, "token_row");
  g_assert_false (gtk_widget_get_visible (test_find_widget (fixture->page, "password_row")));
  g_assert_false (gtk_widget_get_visible (test_find_widget (fixture->page, "method_button")));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/signin-page/bad-address", Fixture, NULL, set_up, test_bad_address, tear_down);
  g_test_add ("/signin-page/no-server", Fixture, NULL, set_up, test_no_server, tear_down);
  g_test_add ("/signin-page/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/signin-page/password", Fixture, NULL, set_up, test_password, tear_down);
  g_test_add ("/signin-page/token", Fixture, NULL, set_up, test_token, tear_down);
  g_test_add ("/signin-page/plain", Fixture, NULL, set_up, test_plain, tear_down);
  g_test_add ("/signin-page/scripted", Fixture, NULL, set_up, test_scripted, tear_down);

  return g_test_run ();
}
