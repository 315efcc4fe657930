/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-admin-private.h"
#include "chat-error.h"
#include "chat-session-private.h"
#include "enfilade-account-store.h"
#include "enfilade-rooms-sidebar.h"
#include "enfilade-search-view.h"
#include "enfilade-signin-page.h"
#include "enfilade-window.h"
#include "test-app.h"

/* Nothing answers at these addresses. */
#define ADDRESS "http://127.0.0.1:9"
#define OTHER_ADDRESS "http://127.0.0.1:10"

typedef struct
{
  EnfiladeAccount *account;
  EnfiladeWindow  *window;
} Fixture;

static GtkApplication *application;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->account = enfilade_account_new (NULL);
  fixture->window = enfilade_window_new (application, fixture->account);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  enfilade_account_sign_out (fixture->account, FALSE);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_drain ();
  g_assert_finalize_object (fixture->account);
}

static void
assert_page (Fixture    *fixture,
             const char *stack,
             const char *expected)
{
  GtkWidget *pages = test_find_widget (fixture->window, "content");

  if (g_strcmp0 (stack, "window") == 0)
    pages = gtk_widget_get_ancestor (test_find_widget (fixture->window, "signin"), GTK_TYPE_STACK);
  else
    pages = test_find_widget (pages, "pages");

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (pages)), ==, expected);
}

static ChatSession *
sign_in (Fixture *fixture)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (ADDRESS, "token", 0);
  ChatSession *session;

  chat_credentials_set_user (credentials, "u1", "mira", FALSE);
  enfilade_account_sign_in (fixture->account, credentials, ENFILADE_REMEMBER_NOTHING);
  session = enfilade_account_get_session (fixture->account);
  chat_session_set_user (session, "u1", "mira");

  return session;
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static ChatRoom *
get_room (Fixture *fixture)
{
  g_autoptr(ChatRoom) room = NULL;

  g_object_get (fixture->window, "room", &room, NULL);

  return room;
}

static void
test_accounts (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(GError) error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED, "Your account was <closed>.");
  ChatSession *session;
  GtkWidget *search;
  GtkWidget *focus;
  GtkLabel *reason;

  assert_page (fixture, "window", "signin");

  session = sign_in (fixture);
  assert_page (fixture, "window", "chat");
  /* Nowhere, the focus would be given to the next toast, which does not go away while it has it. */
  search = test_find_widget (test_find_widget (fixture->window, "sidebar"), "search");
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, search));

  chat_session_emit_refused (session, error);
  assert_page (fixture, "window", "signin");
  reason = GTK_LABEL (test_find_widget (fixture->window, "account_reason"));
  g_assert_cmpstr (gtk_label_get_label (reason), ==, "Your account was <closed>.");

  enfilade_account_sign_out (fixture->account, FALSE);
  assert_page (fixture, "window", "signin");
}

static void
test_rooms (Fixture       *fixture,
            gconstpointer  user_data)
{
  ChatSession *session = sign_in (fixture);
  ChatRoom *a = test_add_room (session, "A", CHAT_MEMBERSHIP_JOINED, 0, 0);
  ChatRoom *b = test_add_room (session, "B", CHAT_MEMBERSHIP_JOINED, 0, 0);
  ChatRoom *c = test_add_room (session, "C", CHAT_MEMBERSHIP_JOINED, 1, 0);

  assert_page (fixture, "content", "nothing");
  g_assert_null (get_room (fixture));

  enfilade_window_open_room (fixture->window, "a");
  assert_page (fixture, "content", "room");
  g_assert_true (get_room (fixture) == a);

  activate (fixture, "win.next-room");
  g_assert_true (get_room (fixture) == b);
  activate (fixture, "win.previous-room");
  g_assert_true (get_room (fixture) == a);
  activate (fixture, "win.next-unread-room");
  g_assert_true (get_room (fixture) == c);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-room-at", "i", 2);
  g_assert_true (get_room (fixture) == b);

  /* There is no tenth room, and no unknown one. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-room-at", "i", 9);
  enfilade_window_open_room (fixture->window, "unknown");
  g_assert_true (get_room (fixture) == b);

  /* A room that is asked for before it is known opens when it is. */
  enfilade_window_open_room (fixture->window, "later");
  g_assert_true (get_room (fixture) == b);
  g_assert_true (test_add_room (session, "Later", CHAT_MEMBERSHIP_JOINED, 0, 0) == get_room (fixture));
}

static guint
count_dialogs (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();
  guint count = 0;

  for (GList *iter = windows; iter != NULL; iter = iter->next)
    count += !ENFILADE_IS_WINDOW (iter->data);

  return count;
}

/* The program is started again for whom it shows already. */
static void
test_started_again (Fixture       *fixture,
                    gconstpointer  user_data)
{
  ChatSession *session = sign_in (fixture);
  ChatRoom *room = test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);

  enfilade_window_open_room (fixture->window, "kitchen");
  enfilade_window_propose (fixture->window, ADDRESS "/");
  assert_page (fixture, "window", "chat");
  enfilade_window_sign_in_with_password (fixture->window, ADDRESS "/", "mira", "a password");
  assert_page (fixture, "window", "chat");
  enfilade_window_sign_in_with_token (fixture->window, ADDRESS, "token");
  assert_page (fixture, "window", "chat");

  g_assert_true (enfilade_account_get_session (fixture->account) == session);
  g_assert_true (get_room (fixture) == room);
}

static void
cancel_sign_in (Fixture *fixture)
{
  GtkWidget *cancel = test_find_widget (fixture->window, "address_cancel");

  g_assert_true (gtk_widget_get_visible (cancel));
  g_signal_emit_by_name (cancel, "clicked");
}

static void
count_changes (EnfiladeWindow *window,
               GParamSpec     *pspec,
               guint          *n_changes)
{
  (*n_changes)++;
}

/* And for somewhere else: the chat is behind the page, neither to be seen nor to be used, and one can go back to it. */
static void
test_way_back (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(GError) error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED, "Your account was closed.");
  ChatSession *session = sign_in (fixture);
  ChatRoom *room = test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  EnfiladeSigninPage *page = ENFILADE_SIGNIN_PAGE (test_find_widget (fixture->window, "signin"));
  guint n_dialogs = count_dialogs ();
  guint n_changes = 0;

  enfilade_window_open_room (fixture->window, "kitchen");
  g_signal_connect (fixture->window, "notify::room", G_CALLBACK (count_changes), &n_changes);
  enfilade_window_propose (fixture->window, OTHER_ADDRESS);
  assert_page (fixture, "window", "signin");
  g_assert_null (get_room (fixture));
  g_assert_cmpuint (n_changes, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.switch-room", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-date", NULL);
  g_assert_cmpuint (count_dialogs (), ==, n_dialogs);

  cancel_sign_in (fixture);
  assert_page (fixture, "window", "chat");
  g_assert_false (enfilade_signin_page_get_busy (page));
  g_assert_true (get_room (fixture) == room);
  g_assert_cmpuint (n_changes, ==, 2);
  g_signal_handlers_disconnect_by_func (fixture->window, count_changes, &n_changes);

  /* Also from where nothing is under way any more. */
  enfilade_window_sign_in_with_password (fixture->window, OTHER_ADDRESS, "mira", "a password");
  assert_page (fixture, "window", "signin");
  test_wait_for (!enfilade_signin_page_get_busy (page));
  g_assert_nonnull (enfilade_signin_page_get_problem (page));
  cancel_sign_in (fixture);
  assert_page (fixture, "window", "chat");

  /* Who wants a room wants to see it. */
  enfilade_window_sign_in_with_token (fixture->window, ADDRESS, "another token");
  assert_page (fixture, "window", "signin");
  enfilade_window_open_room (fixture->window, "kitchen");
  assert_page (fixture, "window", "chat");
  g_assert_false (enfilade_signin_page_get_busy (page));
  g_assert_true (enfilade_account_get_session (fixture->account) == session);

  /* What is asked for last counts. And there is no way back to what is shown to nobody. */
  enfilade_window_propose (fixture->window, ADDRESS "0");
  enfilade_window_propose (fixture->window, OTHER_ADDRESS);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_widget (page, "address_row"))), ==, OTHER_ADDRESS);
  test_wait_for (!enfilade_signin_page_get_busy (page));
  chat_session_emit_refused (session, error);
  test_wait_for (!enfilade_signin_page_get_busy (page));
  assert_page (fixture, "window", "signin");
  g_assert_false (gtk_widget_get_visible (test_find_widget (page, "address_cancel")));
}

/* Who signs in there leads the window to their chat. */
static void
test_another_account (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (OTHER_ADDRESS, "token", 0);
  ChatSession *session = sign_in (fixture);

  enfilade_window_propose (fixture->window, OTHER_ADDRESS);
  chat_credentials_set_user (credentials, "u2", "tomas", FALSE);
  g_signal_emit_by_name (test_find_widget (fixture->window, "signin"), "signed-in", credentials);
  assert_page (fixture, "window", "chat");
  g_assert_true (enfilade_account_get_session (fixture->account) != session);
}

static gboolean
connected (GSocketService     *service,
           GSocketConnection  *connection,
           GObject            *source,
           GSocketConnection **held)
{
  g_set_object (held, connection);

  return TRUE;
}

/* A server that takes every question, and answers when it is told to. */
static GSocketService *
start_slow_server (GSocketConnection **held,
                   char              **address)
{
  GSocketService *service = g_socket_service_new ();
  g_autoptr(GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);

  g_assert_no_error (error);
  *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_signal_connect (service, "incoming", G_CALLBACK (connected), held);

  return service;
}

static void
answer (GSocketConnection *connection,
        const char        *body)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr(GError) error = NULL;

  g_output_stream_printf (stream, NULL, NULL, &error,
                          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                          strlen (body), body);
  g_assert_no_error (error);
}

static gboolean
was_closed (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  char buffer[1024];
  gssize length = 1;

  while (length > 0)
    {
      g_autoptr(GError) error = NULL;

      length = g_socket_receive_with_blocking (socket, buffer, sizeof buffer, FALSE, NULL, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return FALSE;
    }

  return TRUE;
}

/* Who signs out while their sign-in is under way is not signed in by its answer. */
static void
test_signed_out_while_waiting (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(GSocketConnection) connection = NULL;
  g_autofree char *address = NULL;
  g_autoptr(GSocketService) service = start_slow_server (&connection, &address);
  g_autofree char *path = enfilade_account_store_dup_path (address, "mira");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *notice = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = enfilade_account_store_open (path, &notice);

  g_assert_nonnull (store);
  chat_store_close (store);

  enfilade_window_sign_in_with_password (fixture->window, address, "mira", "a password");
  assert_page (fixture, "window", "chat");
  test_wait_for (connection != NULL);
  enfilade_account_sign_out (fixture->account, TRUE);
  assert_page (fixture, "window", "signin");

  answer (connection, "{\"token\":\"t\",\"expiresAt\":4102444800000,\"user\":{\"userId\":\"u1\",\"username\":\"mira\"}}");
  test_wait_for (was_closed (connection) || enfilade_account_get_session (fixture->account) != NULL);
  g_assert_cmpint (enfilade_account_get_state (fixture->account), ==, ENFILADE_ACCOUNT_SIGNED_OUT);
  g_socket_service_stop (service);
  g_assert_true (chat_store_delete (path, &error));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What cannot be done now is not offered, and does nothing. */
static void
test_actions (Fixture       *fixture,
              gconstpointer  user_data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *new_button = test_find_widget (window, "new_button");
  GtkWidget *dashboard_button = test_find_widget (window, "dashboard_button");
  guint n_dialogs = count_dialogs ();
  ChatSession *session;

  g_assert_false (gtk_widget_get_sensitive (new_button));
  gtk_widget_activate_action (window, "win.switch-room", NULL);
  gtk_widget_activate_action (window, "win.new-room", NULL);
  g_assert_cmpuint (count_dialogs (), ==, n_dialogs);

  session = sign_in (fixture);
  g_assert_true (gtk_widget_get_sensitive (new_button));
  g_assert_false (gtk_widget_get_sensitive (dashboard_button));
  activate (fixture, "win.find-room");
  activate (fixture, "win.back");
  gtk_widget_activate_action (window, "win.create-room", NULL);
  gtk_widget_activate_action (window, "win.show-dashboard", NULL);
  g_assert_cmpuint (count_dialogs (), ==, n_dialogs);
  assert_page (fixture, "content", "nothing");

  chat_session_set_features (session, CHAT_FEATURE_ROOMS);
  gtk_widget_activate_action (window, "win.join-room", NULL);
  g_assert_cmpuint (count_dialogs (), ==, n_dialogs);
  activate (fixture, "win.create-room");
  g_assert_cmpuint (count_dialogs (), ==, n_dialogs + 1);
}

/* The pane of a room is shown and hidden only where the room is seen, and that a room is seen is told whenever it changes. */
static void
test_members (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr(SioManager) manager = sio_manager_new (ADDRESS, NULL);
  g_autoptr(ChatAdmin) admin = NULL;
  GtkWidget *toggle = gtk_button_new ();
  guint n_changes = 0;
  ChatSession *session = NULL;
  ChatRoom *room = NULL;

  /* A button tells whether there is something to do. */
  gtk_widget_set_visible (toggle, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (toggle), "win.toggle-members");
  gtk_widget_set_parent (toggle, GTK_WIDGET (fixture->window));
  g_assert_false (gtk_widget_get_sensitive (toggle));
  session = sign_in (fixture);
  admin = chat_admin_new (session, sio_manager_get_socket (manager, "/admin"));
  chat_session_set_admin (session, admin);
  g_assert_false (gtk_widget_get_sensitive (toggle));

  room = test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  enfilade_window_open_room (fixture->window, "kitchen");
  g_assert_true (gtk_widget_get_sensitive (toggle));

  g_signal_connect (fixture->window, "notify::room", G_CALLBACK (count_changes), &n_changes);
  activate (fixture, "win.show-dashboard");
  assert_page (fixture, "content", "dashboard");
  g_assert_false (gtk_widget_get_sensitive (toggle));
  g_assert_cmpuint (n_changes, >=, 1);
  g_assert_null (get_room (fixture));

  n_changes = 0;
  chat_session_set_admin (session, NULL);
  assert_page (fixture, "content", "room");
  g_assert_true (gtk_widget_get_sensitive (toggle));
  g_assert_cmpuint (n_changes, >=, 1);
  g_assert_true (get_room (fixture) == room);

  g_signal_handlers_disconnect_by_func (fixture->window, count_changes, &n_changes);
  gtk_widget_unparent (toggle);
}

/* Searching takes the place of the list of rooms, and gives it back. */
static void
test_search (Fixture       *fixture,
             gconstpointer  user_data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  ChatSession *session = NULL;
  ChatRoom *room = NULL;
  ChatSearch *search = NULL;
  GtkWidget *view = NULL;
  GtkStack *places = NULL;

  gtk_widget_activate_action (window, "win.search", NULL);
  session = sign_in (fixture);
  places = GTK_STACK (test_find_widget (window, "places"));
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (gtk_stack_get_visible_child (places), ENFILADE_TYPE_ROOMS_SIDEBAR));

  /* Without an open room it is over all of them. */
  activate (fixture, "win.search-room");
  view = gtk_stack_get_visible_child (places);
  g_assert_true (ENFILADE_IS_SEARCH_VIEW (view));
  search = enfilade_search_view_get_search (ENFILADE_SEARCH_VIEW (view));
  g_assert_true (chat_search_get_session (search) == session);
  g_assert_null (chat_search_get_room (search));

  room = test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  enfilade_window_open_room (fixture->window, chat_room_get_id (room));
  activate (fixture, "win.search-room");
  g_assert_true (chat_search_get_room (search) == room);
  activate (fixture, "win.search");
  g_assert_null (chat_search_get_room (search));

  gtk_widget_activate_action (view, "search.close", NULL);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (gtk_stack_get_visible_child (places), ENFILADE_TYPE_ROOMS_SIDEBAR));
  activate (fixture, "win.search");
  activate (fixture, "win.find-room");
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (gtk_stack_get_visible_child (places), ENFILADE_TYPE_ROOMS_SIDEBAR));

  /* What is in a room that one is not in any more leads nowhere, and one that is there into it. */
  activate (fixture, "win.search");
  g_signal_emit_by_name (view, "open-message", "gone", "m1");
  g_signal_emit_by_name (view, "open-message", chat_room_get_id (room), "m1");
  test_drain ();
}

/* That conversations cannot be kept is to be read in peace, also by somebody who has just signed in. */
static void
test_notice (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autofree char *path = enfilade_account_store_dup_path (ADDRESS, "mira");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (ADDRESS, "token", 0);
  guint n_dialogs = 0;

  /* What is there before is told of nothing. */
  test_drain ();
  n_dialogs = count_dialogs ();

  /* Something else is in the way. */
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  chat_credentials_set_user (credentials, "mira", "mira", FALSE);
  enfilade_account_sign_in (fixture->account, credentials, ENFILADE_REMEMBER_CONVERSATIONS);
  test_wait_for (count_dialogs () == n_dialogs + 1);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);

  return found;
}

/* What is said once is there as a whole, however narrow the window is, and is no markup. */
static void
test_report (Fixture       *fixture,
             gconstpointer  user_data)
{
  const char *text = "There is no <keyring> here & now: you stay signed in only until this program is closed.";
  GtkWidget *label = NULL;

  enfilade_window_report (fixture->window, text);
  label = find_label (GTK_WIDGET (fixture->window), text);
  g_assert_nonnull (label);
  g_assert_true (gtk_label_get_wrap (GTK_LABEL (label)));
  g_assert_cmpint (gtk_label_get_ellipsize (GTK_LABEL (label)), ==, PANGO_ELLIPSIZE_NONE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  application = gtk_application_new ("chat.enfilade.Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add ("/window/accounts", Fixture, NULL, set_up, test_accounts, tear_down);
  g_test_add ("/window/rooms", Fixture, NULL, set_up, test_rooms, tear_down);
  g_test_add ("/window/started-again", Fixture, NULL, set_up, test_started_again, tear_down);
  g_test_add ("/window/way-back", Fixture, NULL, set_up, test_way_back, tear_down);
  g_test_add ("/window/another-account", Fixture, NULL, set_up, test_another_account, tear_down);
  g_test_add ("/window/signed-out-while-waiting", Fixture, NULL, set_up, test_signed_out_while_waiting, tear_down);
  g_test_add ("/window/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/window/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/window/members", Fixture, NULL, set_up, test_members, tear_down);
  g_test_add ("/window/notice", Fixture, NULL, set_up, test_notice, tear_down);
  g_test_add ("/window/report", Fixture, NULL, set_up, test_report, tear_down);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
