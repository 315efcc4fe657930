/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-notification-policy.h"

static ChatMessage *
make_message (const char *room_id,
              const char *content)
{
  return chat_message_new ("m1", room_id, "u2", "ana", content, 1000, 1);
}

static gboolean
wants (gboolean     enabled,
       gboolean     in_front,
       const char  *shown_room_id,
       ChatMessage *message)
{
  EnfiladeAttention attention = { enabled, in_front, shown_room_id };

  return enfilade_notification_policy_wants_message (&attention, message);
}

static void
test_message (void)
{
  g_autoptr(ChatMessage) message = make_message ("general", "Hello");

  g_assert_true (wants (TRUE, FALSE, NULL, message));
  g_assert_true (wants (TRUE, FALSE, "general", message));
  g_assert_true (wants (TRUE, TRUE, "kitchen", message));
  g_assert_true (wants (TRUE, TRUE, NULL, message));
  g_assert_false (wants (TRUE, TRUE, "general", message));
  g_assert_false (wants (FALSE, FALSE, NULL, message));

  chat_message_set_own (message, TRUE);
  g_assert_false (wants (TRUE, FALSE, NULL, message));
}

static void
test_notification (void)
{
  g_autoptr(ChatNotification) notification = chat_notification_new ("n1", CHAT_NOTIFICATION_INFO, "Title", "Text", FALSE, 1000);
  EnfiladeAttention away = { TRUE, FALSE, NULL };
  EnfiladeAttention in_front = { TRUE, TRUE, NULL };
  EnfiladeAttention disabled = { FALSE, FALSE, NULL };

  g_assert_true (enfilade_notification_policy_wants_notification (&away, notification));
  g_assert_false (enfilade_notification_policy_wants_notification (&in_front, notification));
  g_assert_false (enfilade_notification_policy_wants_notification (&disabled, notification));

  chat_notification_set_place (notification, "invite", "general", NULL);
  g_assert_true (enfilade_notification_policy_wants_notification (&away, notification));

  chat_notification_set_place (notification, "mention", "general", "m1");
  g_assert_false (enfilade_notification_policy_wants_notification (&away, notification));

  chat_notification_set_place (notification, NULL, NULL, NULL);
  chat_notification_set_read (notification, TRUE);
  g_assert_false (enfilade_notification_policy_wants_notification (&away, notification));
}

static void
test_describe (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autoptr(ChatMessage) message = make_message ("general", "Hello,\nthere");
  g_autoptr(ChatMessage) long_message = make_message ("general", long_text);
  g_autofree char *one = enfilade_notification_policy_describe (message, 1);
  g_autofree char *three = enfilade_notification_policy_describe (message, 3);
  g_autofree char *cut_one = enfilade_notification_policy_describe (long_message, 1);
  g_autofree char *cut_many = enfilade_notification_policy_describe (long_message, 4000000000);
  g_autofree char *nothing = enfilade_notification_policy_cut (NULL);

  g_assert_cmpstr (one, ==, "ana: Hello, there");
  g_assert_cmpstr (three, ==, "3 new messages\nana: Hello, there");
  g_assert_cmpuint (g_utf8_strlen (cut_one, -1), <=, 600);
  g_assert_cmpuint (g_utf8_strlen (cut_many, -1), <=, 600);
  g_assert_true (g_str_has_suffix (cut_one, "…"));
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notification-policy/message", test_message);
  g_test_add_func ("/notification-policy/notification", test_notification);
  g_test_add_func ("/notification-policy/describe", test_describe);

  return g_test_run ();
}
