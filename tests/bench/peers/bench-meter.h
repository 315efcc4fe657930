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

/* How long the main loop worked without its turn: between two calls of a timer of one millisecond, at the default priority and
 * at that of redraws. The processor's time is what counts: on a busy machine the wait for the processor is no work of ours. */
typedef struct
{
  double tick_cpu;
  double redraw_cpu;
  double longest;
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

double bench_now                (void);
double bench_get_resident_kib   (void);

G_END_DECLS
