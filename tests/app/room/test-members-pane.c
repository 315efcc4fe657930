/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-member-row.h"
#include "enfilade-members-pane.h"
#include "enfilade-typing-line.h"
#include "room-fixture.h"

typedef struct
{
  EnfiladeMembersPane *pane;
  ChatMemberList      *members;
  GtkWidget           *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->members = chat_member_list_new ();
  fixture->pane = ENFILADE_MEMBERS_PANE (enfilade_members_pane_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->pane), 300, 600);
  enfilade_members_pane_set_members (fixture->pane, fixture->members);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->members);
}

static ChatMember *
add (Fixture    *fixture,
     const char *name,
     gboolean    online)
{
  g_autoptr(ChatMember) member = chat_member_new (name, name, 0);

  chat_member_set_online (member, online);
  chat_member_list_add (fixture->members, member);

  return member;
}

static guint
count_rows (GtkWidget *widget)
{
  GtkWidget *child;
  guint n = ENFILADE_IS_MEMBER_ROW (widget) && gtk_widget_get_mapped (widget) &&
            enfilade_member_row_get_member (ENFILADE_MEMBER_ROW (widget)) != NULL;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static void
search (Fixture    *fixture,
        const char *text)
{
  GtkWidget *entry = room_fixture_find (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  room_fixture_frames (fixture->window, 3);
}

static GtkLabel *
find_title (Fixture *fixture)
{
  return GTK_LABEL (room_fixture_find (GTK_WIDGET (fixture->pane), GTK_TYPE_LABEL));
}

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  ChatMember *member = add (fixture, "Ada", TRUE);
  GtkWidget *row;

  room_fixture_frames (fixture->window, 3);
  row = room_fixture_find (GTK_WIDGET (fixture->pane), ENFILADE_TYPE_MEMBER_ROW);
  g_assert_nonnull (row);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Ada, Online");

  chat_member_set_username (member, "Ada Lovelace");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Ada Lovelace, Online");
}

static void
test_count (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_label_get_label (find_title (fixture)), ==, "0 Members");
  add (fixture, "Ada", TRUE);
  g_assert_cmpstr (gtk_label_get_label (find_title (fixture)), ==, "1 Member");
  add (fixture, "Tomas", FALSE);
  g_assert_cmpstr (gtk_label_get_label (find_title (fixture)), ==, "2 Members");

  enfilade_members_pane_set_members (fixture->pane, NULL);
  g_assert_cmpstr (gtk_label_get_label (find_title (fixture)), ==, "0 Members");
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  add (fixture, "Björn", TRUE);
  add (fixture, "<b>Bold</b>", TRUE);
  room_fixture_frames (fixture->window, 3);
  g_assert_null (room_fixture_find (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY));

  for (int i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);

      add (fixture, name, i % 2 == 0);
    }
  room_fixture_frames (fixture->window, 3);

  search (fixture, "BJORN");
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->pane)), ==, 1);
  search (fixture, "<b>");
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->pane)), ==, 1);
  search (fixture, "nobody at all");
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->pane)), ==, 0);
  search (fixture, "");
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->pane)), >, 5);
}

static void
assert_typing (EnfiladeTypingLine *line,
               const char * const *names,
               const char         *expected)
{
  enfilade_typing_line_set_names (line, names);
  g_assert_cmpstr (enfilade_typing_line_get_label (line), ==, expected);
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
}

static void
test_typing (void)
{
  EnfiladeTypingLine *line = ENFILADE_TYPING_LINE (g_object_ref_sink (enfilade_typing_line_new ()));

  gtk_test_accessible_assert_role (line, GTK_ACCESSIBLE_ROLE_STATUS);
  assert_typing (line, (const char *[]) { "Ada", NULL }, "Ada is typing…");
  assert_typing (line, (const char *[]) { "Ada", "Tomas", NULL }, "Ada and Tomas are typing…");
  assert_typing (line, (const char *[]) { "Ada", "Tomas", "<b>", NULL }, "Several people are typing…");
  assert_typing (line, (const char *[]) { NULL }, "");
  assert_typing (line, (const char *[]) { "%s%n", NULL }, "%s%n is typing…");
  assert_typing (line, NULL, "");

  g_assert_finalize_object (line);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/members-pane/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("spoken", test_spoken);
  ADD ("count", test_count);
  ADD ("search", test_search);
#undef ADD
  g_test_add_func ("/app/members-pane/typing-line", test_typing);

  return g_test_run ();
}
