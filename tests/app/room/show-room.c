/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints a timeline with everything in it into a picture: show-room FILE WIDTH HEIGHT light|dark. For the eye of a person, no test. */

#include "config.h"

#include "enfilade-timeline-view.h"
#include "room-fixture.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(ChatTimeline) timeline = NULL;
  GtkWidget *view;
  GtkWidget *window;

  room_fixture_init (&argc, &argv);
  if (argc != 5)
    {
      g_printerr ("Usage: %s FILE WIDTH HEIGHT light|dark\n", argv[0]);
      return 2;
    }

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (argv[4], "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);

  timeline = chat_timeline_new ();
  room_fixture_add_rich (timeline);
  view = enfilade_timeline_view_new ();
  window = room_fixture_present (view, atoi (argv[2]), atoi (argv[3]));
  enfilade_timeline_view_set_timeline (ENFILADE_TIMELINE_VIEW (view), timeline);
  room_fixture_frames (window, 10);
  room_fixture_save (window, argv[1]);
  room_fixture_close (window);

  return 0;
}
