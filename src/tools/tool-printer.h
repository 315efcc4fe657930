/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <socketio-glib.h>

/* Writes what happens, a line for each: an object in JSON, or words for people. */

G_BEGIN_DECLS

typedef struct
{
  gboolean pretty;
  /* Called once, with what errno was, as soon as a line cannot be written to standard output. */
  void   (*on_broken) (int      code,
                       gpointer user_data);
  gpointer user_data;
  gboolean broken;
} ToolPrinter;

typedef enum
{
  TOOL_DIRECTION_IN,
  TOOL_DIRECTION_OUT,
} ToolDirection;

/* @acknowledge is the number by which the event can be answered, or 0. */
void tool_printer_event   (ToolPrinter    *self,
                           ToolDirection   direction,
                           const char     *name_space,
                           const char     *name,
                           SioValue       *arguments,
                           guint           acknowledge);
/* @id is what the command had as its own, or NULL. */
void tool_printer_answer  (ToolPrinter    *self,
                           const char     *name_space,
                           const char     *name,
                           SioValue       *arguments,
                           SioValue       *id);
void tool_printer_failure (ToolPrinter    *self,
                           const char     *name_space,
                           const char     *name,
                           const GError   *error,
                           SioValue       *id);
/* Names and texts in turn up to a NULL; a NULL text leaves its member out. */
void tool_printer_state   (ToolPrinter    *self,
                           const char     *type,
                           const char     *name_space,
                           ...) G_GNUC_NULL_TERMINATED;
void tool_printer_refusal (ToolPrinter    *self,
                           const char     *name_space,
                           const GError   *error,
                           SioValue       *data);
/* On standard error, so that it can be told from the rest. */
void tool_printer_trace   (ToolPrinter    *self,
                           SioTraceFlags   flags,
                           const char     *transport,
                           GBytes         *packet);

/* For people, on standard error, after the program's name. */
void tool_printer_complain (const char    *message);

G_END_DECLS
