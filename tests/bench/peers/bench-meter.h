/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What a run costs, and the one line that says it. Times are in seconds, memory in KiB. */

G_BEGIN_DECLS

typedef struct
{
  const char *scenario;
  guint       count;
  double      start_wall;
  double      start_cpu;
  GArray     *latencies;
} BenchMeter;

/* The longest that a timer of one millisecond had to wait, and the longest that a redraw would have had to. */
typedef struct
{
  double tick_time;
  double tick_stall;
  double redraw_time;
  double redraw_stall;
} BenchStall;

void   bench_meter_init         (BenchMeter *self,
                                 const char *scenario,
                                 guint       count);
void   bench_meter_begin        (BenchMeter *self);
void   bench_meter_add_latency  (BenchMeter *self,
                                 double      seconds);

/* @name may be NULL; else it is one more figure. */
void   bench_meter_report       (BenchMeter *self,
                                 const char *name,
                                 double      figure);

void   bench_stall_watch        (BenchStall *self);

/* The longer one, in milliseconds. */
double bench_stall_get          (BenchStall *self);

double bench_now                (void);
double bench_get_resident_kib   (void);

G_END_DECLS
