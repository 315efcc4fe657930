/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints a room into a picture, for the eye of a person: show-room FILE WIDTH HEIGHT light|dark [STATE…]. */

#include "config.h"

#include "chat-room-private.h"
#include "enfilade-room-view.h"
#include "enfilade-timeline-view.h"
#include "room-fixture.h"

static void
add_members (ChatRoom *room)
{
  static const char * const names[] = { "Ada Lovelace", "Tomas Novák", "美咲", "Sofia", "ليلى", "Björn", "נועה", "Mirjam" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(ChatMember) member = chat_member_new (names[i], names[i], 0);

      chat_member_set_online (member, i < 5);
      chat_member_list_add (chat_room_get_members (room), member);
    }
}

static void
apply_state (EnfiladeRoomView *view,
             ChatRoom         *room,
             const char       *state)
{
  if (g_str_equal (state, "rich"))
    room_fixture_add_rich (chat_room_get_timeline (room));
  else if (g_str_equal (state, "replies"))
    room_fixture_add_replies (chat_room_get_timeline (room));
  else if (g_str_equal (state, "replying"))
    g_signal_emit_by_name (room_fixture_find (GTK_WIDGET (view), ENFILADE_TYPE_TIMELINE_VIEW), "reply",
                           chat_timeline_find (chat_room_get_timeline (room), "reply-1"));
  else if (g_str_equal (state, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  else if (g_str_equal (state, "typing"))
    chat_room_take_typing (room, "tomas", "Tomas Novák");
  else if (g_str_equal (state, "members"))
    enfilade_room_view_set_members_shown (view, TRUE);
  else if (g_str_equal (state, "outside"))
    chat_room_set_membership (room, CHAT_MEMBERSHIP_NONE, NULL);
  else if (g_str_equal (state, "joining"))
    chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINING, NULL);
  else if (g_str_equal (state, "failed"))
    chat_room_set_membership (room, CHAT_MEMBERSHIP_FAILED, "The server did not answer within five seconds.");
  else
    g_printerr ("There is no state %s\n", state);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://localhost:3001", "token", 0);
  g_autoptr(ChatSession) session = chat_session_new (credentials);
  g_autoptr(ChatRoom) room = chat_room_new (session, "general", "General");
  GtkWidget *view;
  GtkWidget *window;

  room_fixture_init (&argc, &argv);
  if (argc < 5)
    {
      g_printerr ("Usage: %s FILE WIDTH HEIGHT light|dark [STATE…]\n", argv[0]);
      return 2;
    }

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (argv[4], "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);

  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);
  add_members (room);
  view = enfilade_room_view_new ();
  window = room_fixture_present (view, atoi (argv[2]), atoi (argv[3]));
  enfilade_room_view_set_room (ENFILADE_ROOM_VIEW (view), room);
  for (int i = 5; i < argc; i++)
    {
      apply_state (ENFILADE_ROOM_VIEW (view), room, argv[i]);
      room_fixture_frames (window, 3);
    }

  room_fixture_frames (window, 10);
  room_fixture_save (window, argv[1]);
  room_fixture_close (window);

  return 0;
}
