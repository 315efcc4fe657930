/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-trace-private.h"

typedef struct
{
  SioTrace *trace;
  GString  *told;
  gboolean  frees;
} Fixture;

static void
on_trace (SioTraceFlags  flags,
          const char    *transport,
          GBytes        *packet,
          gpointer       user_data)
{
  Fixture *self = user_data;
  gsize length;
  const char *text = g_bytes_get_data (packet, &length);

  g_string_append_printf (self->told, "%s%s:%.*s ", (flags & SIO_TRACE_OUTGOING) != 0 ? ">" : "<", transport,
                          (int) length, text);
  if (self->frees)
    g_clear_pointer (&self->trace, sio_trace_free);
}

static void
add (Fixture       *self,
     SioTraceFlags  flags,
     const char    *text)
{
  g_autoptr(GBytes) packet = g_bytes_new (text, strlen (text));

  sio_trace_add (self->trace, flags, "polling", packet);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->told = g_string_new (NULL);
  self->trace = sio_trace_new (g_main_context_default (), on_trace, self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_pointer (&self->trace, sio_trace_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (self->told, TRUE);
}

static void
test_order (Fixture       *self,
            gconstpointer  data)
{
  add (self, SIO_TRACE_OUTGOING, "1");
  add (self, SIO_TRACE_OUTGOING, "2");
  g_assert_cmpstr (self->told->str, ==, "");
  add (self, SIO_TRACE_INCOMING, "3");
  g_assert_cmpstr (self->told->str, ==, ">polling:1 >polling:2 <polling:3 ");

  g_string_truncate (self->told, 0);
  add (self, SIO_TRACE_OUTGOING, "4");
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (self->told->str, ==, ">polling:4 ");
}

static void
test_freed_by_who_is_told (Fixture       *self,
                           gconstpointer  data)
{
  self->frees = TRUE;
  add (self, SIO_TRACE_OUTGOING, "1");
  add (self, SIO_TRACE_OUTGOING, "2");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (self->told->str, ==, ">polling:1 ");
  g_assert_null (self->trace);
}

static void
test_freed_before (Fixture       *self,
                   gconstpointer  data)
{
  add (self, SIO_TRACE_OUTGOING, "1");
  g_clear_pointer (&self->trace, sio_trace_free);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpstr (self->told->str, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/trace/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/trace/freed-by-who-is-told", Fixture, NULL, set_up, test_freed_by_who_is_told, tear_down);
  g_test_add ("/trace/freed-before", Fixture, NULL, set_up, test_freed_before, tear_down);

  return g_test_run ();
}
