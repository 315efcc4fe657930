/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The app as it is, but for telling of its first frame. */

#include "config.h"

#include <libintl.h>

#include "enfilade-application.h"
#include "enfilade-message-row.h"
#include "enfilade-room-row.h"
#include "first-frame.h"

/* Of what is in sight. */
static guint
count (GtkWidget *widget,
       GType      type)
{
  guint n = G_OBJECT_TYPE (widget) == type && gtk_widget_get_mapped (widget);
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

static guint
count_rooms (GtkWidget *window)
{
  return count (window, ENFILADE_TYPE_ROOM_ROW);
}

static guint
count_messages (GtkWidget *window)
{
  return count (window, ENFILADE_TYPE_MESSAGE_ROW);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(EnfiladeApplication) application = enfilade_application_new ();

  first_frame_watch (GTK_APPLICATION (application), count_rooms, count_messages);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
