/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an agent says on its standard output: a JSON object in each line. A line is with the reader before the function returns, so
 * that nothing that happens to the agent afterwards takes it back. */

#pragma once

#include <enfilade-chat.h>

G_BEGIN_DECLS

void agent_report_connection (ChatSession  *session);
void agent_report_message    (ChatMessage  *message);
void agent_report_accepted   (ChatMessage  *message);
void agent_report_refused    (const char   *content,
                              const GError *error);
void agent_report_read       (ChatRoom     *room,
                              gint64        seq);
void agent_report_problem    (const GError *error);

/* The answer to a question: @with_messages tells all that the timelines show, else only what they amount to. */
void agent_report_state      (ChatSession  *session,
                              const char   *question,
                              gboolean      with_messages);

G_END_DECLS
