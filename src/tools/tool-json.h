/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <socketio-glib.h>

/* Values as text. Binary data, which JSON does not have, is an object with the one member `$binary`: its bytes in Base64. */

G_BEGIN_DECLS

/* One line, without control characters, that may be shown in any terminal. */
char     *tool_json_write          (SioValue    *value);

/* @value with each `{"$binary": "…"}` made into bytes. */
SioValue *tool_json_read_binary    (SioValue    *value,
                                    GError     **error);

/* The object that stands in @text. */
SioValue *tool_json_parse_object   (const char  *text,
                                    GError     **error);

/* An array of what was written on the command line: JSON, `@file` for the bytes of a file, anything else for itself. */
SioValue *tool_json_parse_words    (char       **words,
                                    GError     **error);

/* Adds @value to what is built, binary data in its written form. */
void      tool_json_add            (SioBuilder  *builder,
                                    SioValue    *value);

/* @text with what a terminal would act upon written out. */
char     *tool_json_escape         (const char  *text);

G_END_DECLS
