/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-listeners-private.h"

typedef struct
{
  guint           id;
  gboolean        once;
  gboolean        removed;
  SioEventFunc    func;
  gpointer        user_data;
  GDestroyNotify  destroy;
} Listener;

/* Each is NULL until there is one: most sockets have no listener of most kinds. */
struct _SioListeners
{
  GHashTable *by_name; /* GPtrArray of Listener by the event's name */
  GPtrArray  *any;
  GPtrArray  *outgoing;
  guint       last_id;
};

static void
listener_clear (gpointer data)
{
  Listener *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

static void
listener_unref (gpointer self)
{
  g_rc_box_release_full (self, listener_clear);
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func (listener_unref);
}

SioListeners *
sio_listeners_new (void)
{
  return g_new0 (SioListeners, 1);
}

void
sio_listeners_free (SioListeners *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->any, g_ptr_array_unref);
  g_clear_pointer (&self->outgoing, g_ptr_array_unref);
  g_free (self);
}

static Listener *
listener_new (SioListeners   *self,
              SioEventFunc    func,
              gpointer        user_data,
              GDestroyNotify  destroy)
{
  Listener *listener = g_rc_box_new0 (Listener);

  listener->id = ++self->last_id;
  listener->func = func;
  listener->user_data = user_data;
  listener->destroy = destroy;

  return listener;
}

static GPtrArray *
ensure_list (GPtrArray **list)
{
  if (*list == NULL)
    *list = list_new ();

  return *list;
}

static GPtrArray *
ensure_named_list (SioListeners *self,
                   const char   *event)
{
  GPtrArray *list;

  if (self->by_name == NULL)
    self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  list = g_hash_table_lookup (self->by_name, event);
  if (list == NULL)
    {
      list = list_new ();
      g_hash_table_insert (self->by_name, g_strdup (event), list);
    }

  return list;
}

guint
sio_listeners_add (SioListeners   *self,
                   const char     *event,
                   gboolean        once,
                   SioEventFunc    func,
                   gpointer        user_data,
                   GDestroyNotify  destroy)
{
  Listener *listener = listener_new (self, func, user_data, destroy);
  GPtrArray *list = event != NULL ? ensure_named_list (self, event) : ensure_list (&self->any);

  listener->once = once;
  g_ptr_array_add (list, listener);

  return listener->id;
}

guint
sio_listeners_add_any (SioListeners   *self,
                       gboolean        outgoing,
                       gboolean        first,
                       SioEventFunc    func,
                       gpointer        user_data,
                       GDestroyNotify  destroy)
{
  Listener *listener = listener_new (self, func, user_data, destroy);

  g_ptr_array_insert (ensure_list (outgoing ? &self->outgoing : &self->any), first ? 0 : -1, listener);

  return listener->id;
}

/* (transfer full): what was taken out; its destroy function may do anything, and is called by who lets go of it. */
static Listener *
take_from (GPtrArray *list,
           guint      id)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Listener *listener = g_ptr_array_index (list, i);

      if (listener->id == id)
        {
          listener->removed = TRUE;
          return g_ptr_array_steal_index (list, i);
        }
    }

  return NULL;
}

gboolean
sio_listeners_remove (SioListeners *self,
                      guint         id)
{
  Listener *listener = take_from (self->any, id);
  GHashTableIter iter;
  gpointer list;

  if (listener == NULL)
    listener = take_from (self->outgoing, id);
  if (self->by_name != NULL)
    g_hash_table_iter_init (&iter, self->by_name);
  while (listener == NULL && self->by_name != NULL && g_hash_table_iter_next (&iter, NULL, &list))
    {
      listener = take_from (list, id);
      /* A name that nobody listens to any more takes no memory. */
      if (listener != NULL && ((GPtrArray *) list)->len == 0)
        g_hash_table_iter_remove (&iter);
    }

  if (listener == NULL)
    return FALSE;

  listener_unref (listener);

  return TRUE;
}

static void
mark_removed (GPtrArray *list)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    ((Listener *) g_ptr_array_index (list, i))->removed = TRUE;
}

void
sio_listeners_clear (SioListeners *self)
{
  g_autoptr(GHashTable) by_name = g_steal_pointer (&self->by_name);
  g_autoptr(GPtrArray) any = g_steal_pointer (&self->any);
  g_autoptr(GPtrArray) outgoing = g_steal_pointer (&self->outgoing);
  GHashTableIter iter;
  gpointer list;

  mark_removed (any);
  mark_removed (outgoing);
  if (by_name == NULL)
    return;

  g_hash_table_iter_init (&iter, by_name);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    mark_removed (list);
}

gboolean
sio_listeners_listen (SioListeners *self,
                      const char   *event)
{
  return (self->any != NULL && self->any->len > 0)
         || (self->by_name != NULL && g_hash_table_contains (self->by_name, event));
}

gboolean
sio_listeners_listen_outgoing (SioListeners *self)
{
  return self->outgoing != NULL && self->outgoing->len > 0;
}

static void
append_all (GPtrArray *all,
            GPtrArray *list)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (all, g_rc_box_acquire (g_ptr_array_index (list, i)));
}

static void
tell_all (SioListeners *self,
          GPtrArray    *all,
          SioSocket    *socket,
          SioEvent     *event)
{
  g_autoptr(SioSocket) keep = g_object_ref (socket);

  for (guint i = 0; i < all->len; i++)
    {
      Listener *listener = g_ptr_array_index (all, i);

      if (listener->removed)
        continue;
      if (listener->once)
        sio_listeners_remove (self, listener->id);
      listener->func (socket, event, listener->user_data);
    }
}

void
sio_listeners_tell (SioListeners *self,
                    SioSocket    *socket,
                    SioEvent     *event)
{
  g_autoptr(GPtrArray) all = list_new ();

  append_all (all, self->any);
  if (self->by_name != NULL)
    append_all (all, g_hash_table_lookup (self->by_name, sio_event_get_name (event)));
  tell_all (self, all, socket, event);
}

void
sio_listeners_tell_outgoing (SioListeners *self,
                             SioSocket    *socket,
                             SioEvent     *event)
{
  g_autoptr(GPtrArray) all = list_new ();

  append_all (all, self->outgoing);
  tell_all (self, all, socket, event);
}
