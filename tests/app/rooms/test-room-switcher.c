/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-room-switcher.h"
#include "test-app.h"

static void
room_chosen (ChatRoom **chosen,
             ChatRoom  *room)
{
  *chosen = room;
}

static void
test_switch (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  EnfiladeRoomSwitcher *switcher;
  ChatRoom *chosen = NULL;
  GtkStack *states;
  g_autofree char *all = NULL;
  g_autofree char *found = NULL;

  test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Redesign", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Design", CHAT_MEMBERSHIP_JOINED, 0, 0);

  switcher = enfilade_room_switcher_new (G_LIST_MODEL (chat_session_get_rooms (session)));
  g_signal_connect_swapped (switcher, "room-chosen", G_CALLBACK (room_chosen), &chosen);
  states = GTK_STACK (test_find_widget (switcher, "states"));
  all = test_list_names (enfilade_room_switcher_get_results (switcher));
  g_assert_cmpstr (all, ==, "Design Kitchen Redesign");

  enfilade_room_switcher_set_query (switcher, "zzz");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (states), ==, "no-results");
  g_signal_emit_by_name (test_find_widget (switcher, "search"), "activate");
  g_assert_null (chosen);

  enfilade_room_switcher_set_query (switcher, "design");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (states), ==, "list");
  found = test_list_names (enfilade_room_switcher_get_results (switcher));
  g_assert_cmpstr (found, ==, "Design Redesign");

  g_signal_emit_by_name (test_find_widget (switcher, "search"), "activate");
  g_assert_nonnull (chosen);
  g_assert_cmpstr (chat_room_get_name (chosen), ==, "Design");
  test_drain ();
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/room-switcher/switch", test_switch);

  return g_test_run ();
}
