/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-series.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_STAT_CARD (enfilade_stat_card_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeStatCard, enfilade_stat_card, ENFILADE, STAT_CARD, GtkWidget)

/* Properties: title, decimals (how many to show), series (nullable). */
void enfilade_stat_card_set_series (EnfiladeStatCard *self,
                                    ChatSeries       *series);

G_END_DECLS
