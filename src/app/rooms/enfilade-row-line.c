/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of a row of a list. A GtkBox could do that, but it is one more widget to build, to style and to measure, in each row, before
 * the window has shown anything. */

#include "config.h"

#include "enfilade-row-line.h"

typedef struct
{
  int above;
  int below;
  int others;
} Heights;

static gboolean
is_there (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_visible (widget);
}

/**
 * enfilade_row_line_add:
 * @line: a line
 * @widget: (nullable): what stands next in it
 * @spacing: how far it is from what stands before it
 * @is_text: whether it stands on the baseline
 */
void
enfilade_row_line_add (EnfiladeRowLine *line,
                       GtkWidget       *widget,
                       int              spacing,
                       gboolean         is_text)
{
  g_return_if_fail (line->n_parts < ENFILADE_ROW_LINE_MAX_PARTS);

  if (is_there (widget))
    line->parts[line->n_parts++] = (EnfiladeRowPart) { widget, spacing, is_text };
}

static int
get_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* Of all that does not yield, with what is between the parts. */
static int
get_fixed_width (const EnfiladeRowLine *line)
{
  int width = 0;

  for (guint i = 0; i < line->n_parts; i++)
    {
      const EnfiladeRowPart *part = &line->parts[i];

      width += i > 0 ? part->spacing : 0;
      width += part->widget != line->yielding ? get_width (part->widget) : 0;
    }

  return width;
}

void
enfilade_row_line_measure_width (const EnfiladeRowLine *line,
                                 int                   *minimum,
                                 int                   *natural)
{
  int fixed = get_fixed_width (line);

  gtk_widget_measure (line->yielding, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  *minimum += fixed;
  *natural += fixed;
}

static void
measure_part (const EnfiladeRowPart *part,
              int                   *height,
              int                   *baseline)
{
  *baseline = -1;
  gtk_widget_measure (part->widget, GTK_ORIENTATION_VERTICAL, -1, NULL, height, NULL, baseline);
  if (!part->is_text)
    *baseline = -1;
}

static Heights
get_heights (const EnfiladeRowLine *line)
{
  Heights heights = { 0, 0, 0 };

  for (guint i = 0; i < line->n_parts; i++)
    {
      int height = 0, baseline;

      measure_part (&line->parts[i], &height, &baseline);
      if (baseline < 0)
        {
          heights.others = MAX (heights.others, height);
          continue;
        }

      heights.above = MAX (heights.above, baseline);
      heights.below = MAX (heights.below, height - baseline);
    }

  return heights;
}

int
enfilade_row_line_measure_height (const EnfiladeRowLine *line)
{
  Heights heights = get_heights (line);

  return MAX (heights.above + heights.below, heights.others);
}

/**
 * enfilade_row_line_allocate:
 * @line: a line
 * @place: where it is in the row that its widgets are children of
 *
 * Places the widgets, from the right to the left where one reads so.
 */
void
enfilade_row_line_allocate (const EnfiladeRowLine *line,
                            const GtkAllocation   *place)
{
  gboolean is_rtl = gtk_widget_get_direction (line->yielding) == GTK_TEXT_DIR_RTL;
  Heights heights = get_heights (line);
  int on_baseline = place->y + (place->height - heights.above - heights.below) / 2 + heights.above;
  int left_over = MAX (0, place->width - get_fixed_width (line));
  int x = 0;

  for (guint i = 0; i < line->n_parts; i++)
    {
      const EnfiladeRowPart *part = &line->parts[i];
      GtkAllocation allocation = { 0, place->y, 0, 0 };
      int baseline;

      measure_part (part, &allocation.height, &baseline);
      allocation.width = part->widget == line->yielding ? left_over : get_width (part->widget);
      allocation.y = baseline >= 0 ? on_baseline - baseline : place->y + (place->height - allocation.height) / 2;

      x += i > 0 ? part->spacing : 0;
      allocation.x = place->x + (is_rtl ? place->width - x - allocation.width : x);
      x += allocation.width;

      gtk_widget_size_allocate (part->widget, &allocation, -1);
    }
}
