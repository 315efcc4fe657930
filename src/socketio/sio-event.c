/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-error.h"
#include "sio-event-private.h"
#include "sio-packet-private.h"
#include "sio-socket-private.h"

struct _SioEvent
{
  gatomicrefcount  ref_count;

  SioValue        *data;
  const char      *name;
  char            *own_name; /* where the name was a number */
  gint64           id;
  SioAnswerDoor   *door;
  gboolean         answered;
};

G_DEFINE_BOXED_TYPE (SioEvent, sio_event, sio_event_ref, sio_event_unref)

SioAnswerDoor *
sio_answer_door_new (SioSocket *socket)
{
  SioAnswerDoor *self = g_rc_box_new0 (SioAnswerDoor);

  self->socket = socket;

  return self;
}

/* Closes it for all events that still hold it, and drops the caller's reference. */
void
sio_answer_door_close (SioAnswerDoor *self)
{
  self->socket = NULL;
  g_rc_box_release (self);
}

SioEvent *
_sio_event_new (SioValue      *data,
               gint64         id,
               SioAnswerDoor *door)
{
  SioEvent *self = g_new0 (SioEvent, 1);
  SioValue *name = sio_value_get_element (data, 0);

  g_atomic_ref_count_init (&self->ref_count);
  self->data = sio_value_ref (data);
  self->id = id;
  if (id != SIO_PACKET_NO_ID && door != NULL)
    self->door = g_rc_box_acquire (door);

  if (sio_value_get_kind (name) == SIO_VALUE_STRING)
    self->name = sio_value_get_string (name);
  else
    self->name = self->own_name = sio_value_to_text (name);

  return self;
}

/**
 * sio_event_ref:
 * @self: an event
 *
 * Adds a reference to @self, so that it can be kept after the handler that got it has returned.
 *
 * Returns: (transfer full): @self
 */
SioEvent *
sio_event_ref (SioEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sio_event_unref:
 * @self: (transfer full): an event
 *
 * Drops a reference to @self; with the last one it is freed. An event that waits for an acknowledgement must be freed in the
 * thread of its socket.
 */
void
sio_event_unref (SioEvent *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sio_value_unref (self->data);
  g_free (self->own_name);
  g_clear_pointer (&self->door, g_rc_box_release);
  g_free (self);
}

/**
 * sio_event_get_name:
 * @self: an event
 *
 * Gets the name of @self. A server may name its events by numbers; their name is the number's text.
 *
 * Returns: (transfer none): the name, valid UTF-8
 */
const char *
sio_event_get_name (SioEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * sio_event_get_n_arguments:
 * @self: an event
 *
 * Gets how many arguments @self has. A server that keeps sessions for recovery adds one of its own at the end.
 *
 * Returns: the number of arguments
 */
guint
sio_event_get_n_arguments (SioEvent *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sio_value_get_length (self->data) - 1;
}

/**
 * sio_event_get_argument:
 * @self: an event
 * @index: which argument, from 0 on
 *
 * Gets one argument of @self. It lives as long as @self does, or longer where it is referenced.
 *
 * Returns: (transfer none) (nullable): the argument, or %NULL if @self has no such argument
 */
SioValue *
sio_event_get_argument (SioEvent *self,
                        guint     index)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (index >= sio_event_get_n_arguments (self))
    return NULL;

  return sio_value_get_element (self->data, index + 1);
}

/**
 * sio_event_dup_argument_json:
 * @self: an event
 * @index: which argument, from 0 on
 *
 * Makes JSON nodes of one argument of @self. This costs several times what reading the [struct@Value] costs.
 *
 * Returns: (transfer full) (nullable): the argument, or %NULL if @self has no such argument
 */
JsonNode *
sio_event_dup_argument_json (SioEvent *self,
                             guint     index)
{
  SioValue *argument;

  g_return_val_if_fail (self != NULL, NULL);

  argument = sio_event_get_argument (self, index);

  return argument != NULL ? sio_value_to_json (argument) : NULL;
}

/**
 * sio_event_wants_acknowledgement:
 * @self: an event
 *
 * Tells whether the server waits for an answer to @self. It stays %TRUE after the answer was given.
 *
 * Returns: %TRUE if [method@Event.acknowledge] is to be called
 */
gboolean
sio_event_wants_acknowledgement (SioEvent *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->id != SIO_PACKET_NO_ID;
}

/**
 * sio_event_acknowledge:
 * @self: an event
 * @arguments: (nullable): the arguments of the answer, an array; %NULL is an empty one
 * @error: return location for an error
 *
 * Answers @self. It may be done at once or later, in the thread of the socket, and once.
 *
 * Fails with %SIO_ERROR_ANSWERED if it was done before, with %SIO_ERROR_DISCONNECTED if the namespace has been disconnected
 * since @self came (even if it is connected again: the server has forgotten what it asked), and with
 * %SIO_ERROR_INVALID_ARGUMENT if @arguments is no array or the server does not wait for an answer.
 *
 * Returns: %TRUE if the answer was sent
 */
gboolean
sio_event_acknowledge (SioEvent  *self,
                       SioValue  *arguments,
                       GError   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->id == SIO_PACKET_NO_ID)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The server waits for no answer to “%s”", self->name);
      return FALSE;
    }

  if (self->answered)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_ANSWERED, "“%s” was answered before", self->name);
      return FALSE;
    }

  if (self->door == NULL || self->door->socket == NULL)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The namespace was disconnected since “%s” came", self->name);
      return FALSE;
    }

  if (!_sio_socket_send_answer (self->door->socket, self->id, arguments, error))
    return FALSE;

  self->answered = TRUE;

  return TRUE;
}
