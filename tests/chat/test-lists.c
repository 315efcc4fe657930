/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-chat.h"

static void
count_signal (guint *counter)
{
  (*counter)++;
}

static void
add_member (ChatMemberList *list,
            const char     *id,
            const char     *name,
            gboolean        online)
{
  g_autoptr(ChatMember) member = chat_member_new (id, name, 0);

  chat_member_set_online (member, online);
  chat_member_list_add (list, member);
}

static void
assert_members (ChatMemberList *list,
                const char     *expected)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(ChatMember) member = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", chat_member_get_username (member));
    }

  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_members (void)
{
  g_autoptr(ChatMemberList) list = chat_member_list_new ();
  guint n_changes = 0;

  add_member (list, "1", "tomas", FALSE);
  add_member (list, "2", "Mira", FALSE);
  add_member (list, "3", "yuki", TRUE);
  assert_members (list, "yuki Mira tomas");

  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (count_signal), &n_changes);
  chat_member_set_online (chat_member_list_find (list, "1"), TRUE);
  assert_members (list, "tomas yuki Mira");
  g_assert_cmpuint (n_changes, ==, 2);

  chat_member_set_online (chat_member_list_find (list, "1"), TRUE);
  g_assert_cmpuint (n_changes, ==, 2);

  /* The same person again is the same row, with what is new. */
  add_member (list, "2", "mira k", FALSE);
  assert_members (list, "tomas yuki mira k");

  g_assert_true (chat_member_list_remove (list, "3"));
  g_assert_false (chat_member_list_remove (list, "3"));
  assert_members (list, "tomas mira k");

  chat_member_list_clear (list);
  assert_members (list, "");
}

static void
test_replace_keeps_items (void)
{
  g_autoptr(ChatMemberList) list = chat_member_list_new ();
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  ChatMember *kept;

  add_member (list, "1", "ada", FALSE);
  add_member (list, "2", "bob", FALSE);
  kept = chat_member_list_find (list, "2");

  g_ptr_array_add (members, chat_member_new ("2", "bob", 0));
  g_ptr_array_add (members, chat_member_new ("3", "cyd", 0));
  chat_member_list_replace (list, members);

  assert_members (list, "bob cyd");
  g_assert_true (chat_member_list_find (list, "2") == kept);
}

static void
test_removed_member_is_not_followed (void)
{
  g_autoptr(ChatMemberList) list = chat_member_list_new ();
  g_autoptr(ChatMember) member = chat_member_new ("1", "ada", 0);
  guint n_changes = 0;

  chat_member_list_add (list, member);
  chat_member_list_remove (list, "1");
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (count_signal), &n_changes);
  chat_member_set_online (member, TRUE);
  g_assert_cmpuint (n_changes, ==, 0);
}

static void
test_alerts (void)
{
  g_autoptr(ChatAlertList) list = chat_alert_list_new ();
  g_autoptr(ChatAlert) low = chat_alert_new ("low", CHAT_SEVERITY_LOW, "", 30);
  g_autoptr(ChatAlert) old = chat_alert_new ("old", CHAT_SEVERITY_CRITICAL, "", 10);
  g_autoptr(ChatAlert) new = chat_alert_new ("new", CHAT_SEVERITY_CRITICAL, "", 20);
  g_autoptr(ChatAlert) first = NULL;
  g_autoptr(ChatAlert) last = NULL;

  g_assert_true (chat_alert_list_add (list, low));
  g_assert_true (chat_alert_list_add (list, old));
  g_assert_true (chat_alert_list_add (list, new));
  g_assert_false (chat_alert_list_add (list, new));

  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  last = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_assert_true (first == new);
  g_assert_true (last == low);
  g_assert_true (chat_alert_list_remove (list, "old"));
  g_assert_null (chat_alert_list_find (list, "old"));
}

static void
add_notification (ChatNotificationList *list,
                  const char           *id,
                  gint64                created_at)
{
  g_autoptr(ChatNotification) notification =
    chat_notification_new (id, CHAT_NOTIFICATION_INFO, "Title", "Text", FALSE, created_at);

  g_assert_true (chat_notification_list_add (list, notification));
}

static void
test_notifications (void)
{
  g_autoptr(ChatNotificationList) list = chat_notification_list_new ();
  g_autoptr(ChatNotification) newest = NULL;
  guint n_notifies = 0;
  guint n_marked = 0;
  guint n_all_marked = 0;

  g_signal_connect_swapped (list, "notify::unread", G_CALLBACK (count_signal), &n_notifies);
  g_signal_connect_swapped (list, "mark-all-read", G_CALLBACK (count_signal), &n_all_marked);
  g_signal_connect_data (list, "mark-read", G_CALLBACK (count_signal), &n_marked, NULL, G_CONNECT_SWAPPED);

  add_notification (list, "a", 10);
  add_notification (list, "b", 30);
  add_notification (list, "c", 20);
  newest = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (chat_notification_get_id (newest), ==, "b");
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 3);
  g_assert_cmpuint (n_notifies, ==, 3);

  chat_notification_list_mark_read (list, "a");
  chat_notification_list_mark_read (list, "a");
  chat_notification_list_mark_read (list, "unknown");
  g_assert_cmpuint (n_marked, ==, 1);
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 2);

  /* What the server says is not told to it again. */
  chat_notification_list_was_read (list, "b");
  g_assert_cmpuint (n_marked, ==, 1);

  chat_notification_list_mark_all_read (list);
  chat_notification_list_mark_all_read (list);
  g_assert_cmpuint (n_all_marked, ==, 1);
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 0);

  chat_notification_list_clear (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_series (void)
{
  g_autoptr(ChatSeries) series = chat_series_new (3);
  guint n_changes = 0;

  g_signal_connect_swapped (series, "changed", G_CALLBACK (count_signal), &n_changes);
  g_assert_cmpfloat (chat_series_get_latest (series), ==, 0);
  g_assert_cmpfloat (chat_series_get_maximum (series), ==, 0);

  for (int i = 1; i <= 5; i++)
    chat_series_add (series, i, 10 - i);
  chat_series_add (series, 6, G_MAXDOUBLE * 10);

  g_assert_cmpuint (n_changes, ==, 5);
  g_assert_cmpuint (chat_series_get_length (series), ==, 3);
  g_assert_cmpint (chat_series_get_time (series, 0), ==, 3);
  g_assert_cmpfloat (chat_series_get_value (series, 2), ==, 5);
  g_assert_cmpfloat (chat_series_get_latest (series), ==, 5);
  g_assert_cmpfloat (chat_series_get_maximum (series), ==, 7);
}

static void
test_message_notifies_on_change (void)
{
  g_autoptr(ChatMessage) message = chat_message_new_outgoing ("c", "room", "me", "Me", "text", 1);
  guint n_notifies = 0;

  g_signal_connect_swapped (message, "notify", G_CALLBACK (count_signal), &n_notifies);
  chat_message_set_delivery (message, CHAT_DELIVERY_WAITING, NULL);
  chat_message_set_own (message, TRUE);
  chat_message_set_content (message, "text");
  g_assert_cmpuint (n_notifies, ==, 0);

  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "too long");
  g_assert_cmpuint (n_notifies, ==, 2);
  g_assert_cmpstr (chat_message_get_error (message), ==, "too long");

  chat_message_confirm (message, "m1", 1, CHAT_NO_SEQ);
  g_assert_null (chat_message_get_error (message));
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_SENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lists/members", test_members);
  g_test_add_func ("/lists/replace-keeps-items", test_replace_keeps_items);
  g_test_add_func ("/lists/removed-member-is-not-followed", test_removed_member_is_not_followed);
  g_test_add_func ("/lists/alerts", test_alerts);
  g_test_add_func ("/lists/notifications", test_notifications);
  g_test_add_func ("/lists/series", test_series);
  g_test_add_func ("/lists/message-notifies-on-change", test_message_notifies_on_change);

  return g_test_run ();
}
