/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-meter.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* That of GTK's redraws. */
#define PRIORITY_REDRAW (G_PRIORITY_HIGH_IDLE + 20)

static double
get_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return get_seconds (&usage.ru_utime) + get_seconds (&usage.ru_stime);
}

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

double
bench_get_resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    g_error ("The kernel does not say how much memory is in use");
  line = strstr (status, "VmRSS:");

  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL);
}

void
bench_meter_init (BenchMeter *self,
                  const char *scenario,
                  guint       count)
{
  *self = (BenchMeter) { .scenario = scenario, .count = count };
}

void
bench_meter_begin (BenchMeter *self)
{
  self->latencies = g_array_sized_new (FALSE, FALSE, sizeof (double), self->count);
  self->start_cpu = get_cpu ();
  self->start_wall = bench_now ();
}

void
bench_meter_add_latency (BenchMeter *self,
                         double      seconds)
{
  g_array_append_val (self->latencies, seconds);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
append_figure (GString    *line,
               const char *name,
               double      figure)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (line, ",\"%s\":%s", name, g_ascii_dtostr (buffer, sizeof buffer, figure));
}

void
bench_meter_report (BenchMeter *self,
                    const char *name,
                    double      figure)
{
  double wall = bench_now () - self->start_wall;
  double cpu = get_cpu () - self->start_cpu;
  g_autoptr(GString) line = g_string_new (NULL);

  g_string_append_printf (line, "{\"scenario\":\"%s\",\"count\":%u", self->scenario, self->count);
  append_figure (line, "wall", wall);
  append_figure (line, "cpu", cpu);
  if (self->latencies->len > 0)
    {
      g_array_sort (self->latencies, compare_doubles);
      append_figure (line, "p50", g_array_index (self->latencies, double, self->latencies->len / 2));
    }
  if (name != NULL)
    append_figure (line, name, figure);
  g_print ("%s}\n", line->str);
  g_array_unref (self->latencies);
}

static void
note_gap (BenchStall *self,
          double     *last)
{
  double now = get_cpu ();

  self->longest = MAX (self->longest, now - *last);
  *last = now;
}

static gboolean
tick_cb (gpointer user_data)
{
  BenchStall *self = user_data;

  note_gap (self, &self->tick_cpu);

  return G_SOURCE_CONTINUE;
}

static gboolean
redraw_cb (gpointer user_data)
{
  BenchStall *self = user_data;

  note_gap (self, &self->redraw_cpu);

  return G_SOURCE_CONTINUE;
}

void
bench_stall_watch (BenchStall *self)
{
  double now = get_cpu ();

  *self = (BenchStall) { .tick_cpu = now, .redraw_cpu = now };
  g_timeout_add (1, tick_cb, self);
  g_timeout_add_full (PRIORITY_REDRAW, 1, redraw_cb, self, NULL);
}
