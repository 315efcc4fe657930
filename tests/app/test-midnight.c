/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Midnight passes by going to where it is past midnight. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-search-private.h"
#include "enfilade-day-row.h"
#include "enfilade-midnight.h"
#include "enfilade-room-row.h"
#include "enfilade-search-row.h"
#include "test-app.h"

typedef struct
{
  ChatSession *session;
  ChatRoom    *room;
  ChatMessage *message;
  char        *zone;
  guint        n_passed;
} Fixture;

/* A zone where it is so late now. */
static void
set_local_time (int minutes_of_day)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  int offset = minutes_of_day - g_date_time_get_hour (now) * 60 - g_date_time_get_minute (now);
  g_autofree char *zone = NULL;

  if (offset > 12 * 60)
    offset -= 24 * 60;
  if (offset <= -12 * 60)
    offset += 24 * 60;
  zone = g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 60, ABS (offset) % 60);
  g_setenv ("TZ", zone, TRUE);
}

static void
passed_cb (Fixture *fixture)
{
  fixture->n_passed++;
}

/* At noon, with a message of an hour ago. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->zone = g_strdup (g_getenv ("TZ"));
  set_local_time (12 * 60);
  enfilade_midnight_check (enfilade_midnight_get_default ());
  g_signal_connect_swapped (enfilade_midnight_get_default (), "passed", G_CALLBACK (passed_cb), fixture);

  fixture->session = test_new_session ();
  fixture->room = test_add_room (fixture->session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  fixture->message = chat_message_new ("m", "general", "ana", "ana", "Good night", g_get_real_time () / 1000 - 60 * 60 * 1000, CHAT_NO_SEQ);
  chat_room_set_last_message (fixture->room, fixture->message);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (enfilade_midnight_get_default (), fixture);
  g_object_unref (fixture->message);
  g_assert_finalize_object (fixture->session);
  if (fixture->zone != NULL)
    g_setenv ("TZ", fixture->zone, TRUE);
  else
    g_unsetenv ("TZ");
  g_free (fixture->zone);
}

static void
pass_midnight (Fixture *fixture)
{
  enfilade_midnight_check (enfilade_midnight_get_default ());
  g_assert_cmpuint (fixture->n_passed, ==, 0);
  set_local_time (30);
  enfilade_midnight_check (enfilade_midnight_get_default ());
  g_assert_cmpuint (fixture->n_passed, ==, 1);
}

static void
assert_time_of_day (GtkWidget *label)
{
  g_assert_nonnull (strchr (gtk_label_get_label (GTK_LABEL (label)), ':'));
}

static void
test_room_row (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(EnfiladeRoomRow) unused = g_object_ref_sink (ENFILADE_ROOM_ROW (enfilade_room_row_new ()));
  g_autoptr(EnfiladeRoomRow) row = g_object_ref_sink (ENFILADE_ROOM_ROW (enfilade_room_row_new ()));

  enfilade_room_row_set_room (row, fixture->room);
  assert_time_of_day (test_find_widget (row, "time"));
  pass_midnight (fixture);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (test_find_widget (row, "time"))), ==, "Yesterday");
  g_assert_nonnull (strstr (enfilade_room_row_get_spoken (row), "Yesterday"));
}

static void
test_search_row (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse ("night");
  g_autoptr(ChatSearchHit) hit = chat_search_hit_new (fixture->session, fixture->message, "General", query, FALSE);
  g_autoptr(EnfiladeSearchRow) unused = g_object_ref_sink (ENFILADE_SEARCH_ROW (enfilade_search_row_new ()));
  g_autoptr(EnfiladeSearchRow) row = g_object_ref_sink (ENFILADE_SEARCH_ROW (enfilade_search_row_new ()));

  enfilade_search_row_set_hit (row, hit);
  assert_time_of_day (test_find_widget (row, "time"));
  pass_midnight (fixture);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (test_find_widget (row, "time"))), ==, "Yesterday");
}

static void
test_day_row (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GtkWidget) row = g_object_ref_sink (enfilade_day_row_new ());
  g_autoptr(GDateTime) today = g_date_time_new_now_local ();

  enfilade_day_row_set_date (ENFILADE_DAY_ROW (row), today);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Today");
  pass_midnight (fixture);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Yesterday");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) g_test_add ("/midnight/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("room-row", test_room_row);
  ADD ("search-row", test_search_row);
  ADD ("day-row", test_day_row);
#undef ADD

  return g_test_run ();
}
