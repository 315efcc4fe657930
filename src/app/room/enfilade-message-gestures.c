/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What asks for the menu of a message: the second button, a finger that stays, the keyboard. The list listens for all of its rows,
 * for four objects in each would make a row dear. They come before the text of the message, which has a menu of its own. */

#include "config.h"

#include "enfilade-message-gestures.h"

#include "enfilade-message-row.h"

static EnfiladeMessageRow *
get_row (GtkWidget *widget)
{
  return widget != NULL ? ENFILADE_MESSAGE_ROW (gtk_widget_get_ancestor (widget, ENFILADE_TYPE_MESSAGE_ROW)) : NULL;
}

static void
ask_for_menu (GtkGesture *gesture,
              double      x,
              double      y)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  EnfiladeMessageRow *row = get_row (gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT));
  double row_x, row_y;

  if (row == NULL || !gtk_widget_translate_coordinates (list, GTK_WIDGET (row), x, y, &row_x, &row_y))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit_by_name (row, "menu", row_x, row_y);
}

static void
pressed_cb (GtkGesture *gesture,
            int         n_press,
            double      x,
            double      y,
            gpointer    user_data)
{
  ask_for_menu (gesture, x, y);
}

static void
long_pressed_cb (GtkGesture *gesture,
                 double      x,
                 double      y,
                 gpointer    user_data)
{
  ask_for_menu (gesture, x, y);
}

static gboolean
menu_key_cb (GtkWidget *list,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkRoot *root = gtk_widget_get_root (list);
  EnfiladeMessageRow *row = root != NULL ? get_row (gtk_root_get_focus (root)) : NULL;

  if (row == NULL)
    return FALSE;

  g_signal_emit_by_name (row, "menu-key");
  return TRUE;
}

/**
 * enfilade_message_gestures_add:
 * @list: a list with rows of messages
 *
 * Has the rows emit "menu" and "menu-key" when the person asks for their menu.
 */
void
enfilade_message_gestures_add (GtkWidget *list)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (click), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (long_pressed_cb), NULL);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (long_press));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                                                          gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (list, keys);
}
