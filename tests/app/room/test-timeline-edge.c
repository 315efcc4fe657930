/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-timeline-edge.h"
#include "room-fixture.h"

typedef struct
{
  EnfiladeTimelineEdge *edge;
  GtkWidget            *window;
  guint                 n_retries;
} Fixture;

static void
retry_cb (EnfiladeTimelineEdge *edge,
          Fixture              *fixture)
{
  fixture->n_retries++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->edge = ENFILADE_TIMELINE_EDGE (enfilade_timeline_edge_new ());
  g_object_set (fixture->edge, "label", "Loading older messages", NULL);
  g_signal_connect (fixture->edge, "retry", G_CALLBACK (retry_cb), fixture);
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->edge), 400, 200);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(EnfiladeTimelineEdge) edge = g_object_ref (fixture->edge);

  room_fixture_close (fixture->window);
  g_assert_finalize_object (g_steal_pointer (&edge));
}

static gpointer
find (Fixture *fixture,
      GType    type)
{
  return room_fixture_find (GTK_WIDGET (fixture->edge), type);
}

static void
test_loading (Fixture       *fixture,
              gconstpointer  data)
{
  GtkSpinner *spinner;

  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->edge)));

  enfilade_timeline_edge_set_loading (fixture->edge, TRUE);
  room_fixture_frames (fixture->window, 2);
  spinner = find (fixture, GTK_TYPE_SPINNER);
  g_assert_nonnull (spinner);
  g_assert_true (gtk_spinner_get_spinning (spinner));
  gtk_test_accessible_assert_property (spinner, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loading older messages");
  g_assert_null (find (fixture, GTK_TYPE_BUTTON));
  g_assert_false (gtk_widget_get_can_target (GTK_WIDGET (fixture->edge)));

  g_object_set (fixture->edge, "label", "Loading newer messages", NULL);
  gtk_test_accessible_assert_property (spinner, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loading newer messages");

  enfilade_timeline_edge_set_loading (fixture->edge, FALSE);
  room_fixture_frames (fixture->window, 2);
  g_assert_null (find (fixture, GTK_TYPE_SPINNER));
  g_assert_false (gtk_spinner_get_spinning (spinner));

  /* What was made once is made once. */
  enfilade_timeline_edge_set_loading (fixture->edge, TRUE);
  room_fixture_frames (fixture->window, 2);
  g_assert_true (find (fixture, GTK_TYPE_SPINNER) == spinner);
}

static void
test_error (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *again, *pill;

  enfilade_timeline_edge_set_error (fixture->edge, NULL);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->edge)));

  enfilade_timeline_edge_set_error (fixture->edge, "The server did not answer.");
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpstr (gtk_label_get_label (find (fixture, GTK_TYPE_LABEL)), ==, "The server did not answer.");
  again = room_fixture_find_button (GTK_WIDGET (fixture->edge), "Try Again");
  g_assert_nonnull (again);
  pill = gtk_widget_get_parent (again);
  gtk_test_accessible_assert_role (pill, GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_null (find (fixture, GTK_TYPE_SPINNER));
  g_assert_true (gtk_widget_get_can_target (GTK_WIDGET (fixture->edge)));
  g_assert_true (gtk_widget_get_can_focus (GTK_WIDGET (fixture->edge)));

  g_signal_emit_by_name (again, "clicked");
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpuint (fixture->n_retries, ==, 1);
  g_assert_null (enfilade_timeline_edge_get_error (fixture->edge));
  g_assert_false (gtk_widget_get_mapped (pill));
  g_assert_false (gtk_widget_get_can_target (GTK_WIDGET (fixture->edge)));
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

  g_test_add ("/app/timeline-edge/loading", Fixture, NULL, set_up, test_loading, tear_down);
  g_test_add ("/app/timeline-edge/error", Fixture, NULL, set_up, test_error, tear_down);

  return g_test_run ();
}
