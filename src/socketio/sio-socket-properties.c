/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a namespace shows of itself as properties. */

#include "sio-manager.h"
#include "sio-socket-private.h"

static GParamSpec *properties[SOCKET_N_PROPS];

void
_sio_socket_notify (SioSocket         *self,
                    SioSocketProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sio_socket_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SioSocket *self = SIO_SOCKET (object);

  switch ((SioSocketProperty) prop_id)
    {
    case SOCKET_PROP_MANAGER:
      g_value_set_object (value, self->manager);
      break;
    case SOCKET_PROP_NAMESPACE:
      g_value_set_string (value, self->name_space);
      break;
    case SOCKET_PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case SOCKET_PROP_CONNECTED:
      g_value_set_boolean (value, self->phase == SIO_PHASE_JOINED);
      break;
    case SOCKET_PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case SOCKET_PROP_RECOVERED:
      g_value_set_boolean (value, self->recovered);
      break;
    case SOCKET_PROP_ACK_TIMEOUT:
      g_value_set_uint (value, self->ack_timeout_ms);
      break;
    case SOCKET_PROP_RETRIES:
      g_value_set_uint (value, self->retries);
      break;
    case SOCKET_PROP_DELIVERY_IDS:
      g_value_set_boolean (value, self->delivery_ids);
      break;
    case SOCKET_PROP_MAX_BUFFERED_EVENTS:
      g_value_set_uint (value, self->send_buffer.max_packets);
      break;
    case SOCKET_PROP_MAX_BUFFERED_BYTES:
      g_value_set_uint64 (value, self->send_buffer.max_size);
      break;
    case SOCKET_PROP_BUFFER_POLICY:
      g_value_set_enum (value, self->send_buffer.policy);
      break;
    case SOCKET_PROP_N_BUFFERED:
      g_value_set_uint (value, sio_socket_get_n_buffered (self));
      break;
    case SOCKET_PROP_N_QUEUED:
      g_value_set_uint (value, sio_socket_get_n_queued (self));
      break;
    case SOCKET_PROP_0:
    case SOCKET_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sio_socket_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  SioSocket *self = SIO_SOCKET (object);

  switch (prop_id)
    {
    case SOCKET_PROP_ACK_TIMEOUT:
      sio_socket_set_ack_timeout (self, g_value_get_uint (value));
      break;
    case SOCKET_PROP_RETRIES:
      sio_socket_set_retries (self, g_value_get_uint (value));
      break;
    case SOCKET_PROP_DELIVERY_IDS:
      sio_socket_set_delivery_ids (self, g_value_get_boolean (value));
      break;
    case SOCKET_PROP_MAX_BUFFERED_EVENTS:
      sio_socket_set_max_buffered_events (self, g_value_get_uint (value));
      break;
    case SOCKET_PROP_MAX_BUFFERED_BYTES:
      sio_socket_set_max_buffered_bytes (self, g_value_get_uint64 (value));
      break;
    case SOCKET_PROP_BUFFER_POLICY:
      sio_socket_set_buffer_policy (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_states (void)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioSocket:manager:
   *
   * The manager whose connection the namespace shares; %NULL once it is gone.
   */
  properties[SOCKET_PROP_MANAGER] = g_param_spec_object ("manager", NULL, NULL, SIO_TYPE_MANAGER, flags);

  /**
   * SioSocket:namespace:
   *
   * The name of the namespace, with its slash.
   */
  properties[SOCKET_PROP_NAMESPACE] = g_param_spec_string ("namespace", NULL, NULL, NULL, flags);

  /**
   * SioSocket:id:
   *
   * What the server calls this socket while it is connected, else %NULL. After a reconnection it is another one, unless the
   * session was [property@Socket:recovered].
   */
  properties[SOCKET_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * SioSocket:connected:
   *
   * Whether the server has let us join the namespace.
   */
  properties[SOCKET_PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, flags);

  /**
   * SioSocket:active:
   *
   * Whether the namespace is joined whenever the manager is connected.
   */
  properties[SOCKET_PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);

  /**
   * SioSocket:recovered:
   *
   * Whether the last time the namespace was joined the server went on with the session from before, so that nothing that it
   * sent meanwhile was missed.
   */
  properties[SOCKET_PROP_RECOVERED] = g_param_spec_boolean ("recovered", NULL, NULL, FALSE, flags);

  /**
   * SioSocket:n-buffered:
   *
   * How many events wait for the namespace to be connected.
   */
  properties[SOCKET_PROP_N_BUFFERED] = g_param_spec_uint ("n-buffered", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * SioSocket:n-queued:
   *
   * How many events are in the queue of those that are sent until they are acknowledged ([property@Socket:retries]).
   */
  properties[SOCKET_PROP_N_QUEUED] = g_param_spec_uint ("n-queued", NULL, NULL, 0, G_MAXUINT, 0, flags);
}

static void
install_options (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioSocket:ack-timeout:
   *
   * How long to wait for an acknowledgement where nothing else is said, in milliseconds; 0 is for as long as the namespace
   * stays connected.
   */
  properties[SOCKET_PROP_ACK_TIMEOUT] =
    g_param_spec_uint ("ack-timeout", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * SioSocket:retries:
   *
   * How often an event is sent again that the server does not acknowledge in time; 0 sends each event once.
   *
   * With retries all events go through a queue, one at a time and in order: the next one is sent once the server has
   * acknowledged the one before, or once that one was sent so often in vain. An event whose acknowledgement got lost with the
   * connection is sent again, so that a server may get an event twice: [property@Socket:delivery-ids] lets it tell. Set
   * [property@Socket:ack-timeout] too, or an event is sent again only after a reconnection, as often as it takes.
   */
  properties[SOCKET_PROP_RETRIES] =
    g_param_spec_uint ("retries", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * SioSocket:delivery-ids:
   *
   * Whether each event of the queue ([property@Socket:retries]) has an identifier as its last argument, right before the
   * acknowledgement, which stays the same each time the event is sent. It is a text, made of a random part that is the same for
   * all events of this socket, of a colon, and of a number that counts up. A server that keeps the last number of each random
   * part can drop what it has got before:
   *
   * ```js
   * socket.on("order", (order, deliveryId, acknowledge) => {
   *   const [client, number] = deliveryId.split(":");
   *   if (Number(number) > (last.get(client) ?? -1)) { last.set(client, Number(number)); handle(order); }
   *   acknowledge();
   * });
   * ```
   */
  properties[SOCKET_PROP_DELIVERY_IDS] =
    g_param_spec_boolean ("delivery-ids", NULL, NULL, FALSE, flags);

  /**
   * SioSocket:max-buffered-events:
   *
   * How many events may wait at most, for the connection or in the queue of those that are sent until they are acknowledged.
   */
  properties[SOCKET_PROP_MAX_BUFFERED_EVENTS] =
    g_param_spec_uint ("max-buffered-events", NULL, NULL, 1, G_MAXUINT, SIO_SEND_BUFFER_MAX_PACKETS, flags);

  /**
   * SioSocket:max-buffered-bytes:
   *
   * How many bytes of events may wait at most.
   */
  properties[SOCKET_PROP_MAX_BUFFERED_BYTES] =
    g_param_spec_uint64 ("max-buffered-bytes", NULL, NULL, 1, G_MAXSIZE, SIO_SEND_BUFFER_MAX_BYTES, flags);

  /**
   * SioSocket:buffer-policy:
   *
   * What happens to an event for which there is no space.
   */
  properties[SOCKET_PROP_BUFFER_POLICY] =
    g_param_spec_enum ("buffer-policy", NULL, NULL, SIO_TYPE_BUFFER_POLICY, SIO_BUFFER_POLICY_REFUSE_NEWEST, flags);
}

void
_sio_socket_install_properties (GObjectClass *object_class)
{
  object_class->get_property = sio_socket_get_property;
  object_class->set_property = sio_socket_set_property;

  install_states ();
  install_options ();
  g_object_class_install_properties (object_class, SOCKET_N_PROPS, properties);
}
