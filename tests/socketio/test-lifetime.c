/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any call is legal in any callback, the end of any object too. One story with everything in it is told again for each
 * callback and each thing that may be done in it. */

#include "session-log.h"

typedef struct
{
  SioManager *manager;
  SioSocket  *chat;
  SioSocket  *no;
  gboolean    told;   /* the callback of this telling came */
  guint       asked;
  guint       answered;
  void      (*act) (gpointer story);
} Story;

static void
act_drop_manager (gpointer data)
{
  Story *self = data;

  g_clear_object (&self->manager);
}

static void
act_dispose_manager (gpointer data)
{
  Story *self = data;

  if (self->manager != NULL)
    g_object_run_dispose (G_OBJECT (self->manager));
}

static void
act_dispose_sockets (gpointer data)
{
  Story *self = data;

  g_object_run_dispose (G_OBJECT (self->chat));
  g_object_run_dispose (G_OBJECT (self->no));
}

static void
act_close_manager (gpointer data)
{
  Story *self = data;

  if (self->manager != NULL)
    sio_manager_close (self->manager);
}

static void
act_reopen_manager (gpointer data)
{
  Story *self = data;

  if (self->manager == NULL)
    return;

  sio_manager_close (self->manager);
  sio_manager_open (self->manager);
  sio_manager_retry_now (self->manager);
}

static void
act_close_sockets (gpointer data)
{
  Story *self = data;

  sio_socket_close (self->chat);
  sio_socket_close (self->no);
}

static void
act_reopen_sockets (gpointer data)
{
  Story *self = data;

  sio_socket_close (self->chat);
  sio_socket_open (self->chat);
  sio_socket_open (self->no);
}

static void
act_emit (gpointer data)
{
  Story *self = data;

  sio_socket_emit (self->chat, "x", NULL, SIO_EMIT_DEFAULT, NULL);
  sio_socket_emit (self->no, "x", NULL, SIO_EMIT_VOLATILE, NULL);
}

static const struct { const char *name; void (*act) (gpointer story); } acts[] = {
  { "drop-manager", act_drop_manager },
  { "dispose-manager", act_dispose_manager },
  { "dispose-sockets", act_dispose_sockets },
  { "close-manager", act_close_manager },
  { "reopen-manager", act_reopen_manager },
  { "close-sockets", act_close_sockets },
  { "reopen-sockets", act_reopen_sockets },
  { "emit", act_emit },
};

static const char * const callbacks[] = {
  "opened", "closed", "error", "reconnect-attempt", "reconnected", "reconnect-failed", "upgraded", "accept-certificate",
  "notify::state", "notify::transport", "notify::attempt", "notify::next-attempt-time",
  "chat opened", "chat closed", "chat connect-error", "chat event", "chat notify::connected", "chat notify::id",
  "chat notify::active", "no connect-error", "no notify::active", "auth", "answer",
};

/* Once: what is done may bring the same callback again. */
static void
act_once (Story *self)
{
  if (self->told)
    return;

  self->told = TRUE;
  self->act (self);
}

static void
on_told (Story *self)
{
  act_once (self);
}

static gboolean
on_certificate (Story *self)
{
  act_once (self);

  return FALSE;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Story *self = user_data;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, NULL);

  self->answered++;
}

static void
on_answer_act (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  on_answer (source, result, user_data);
  act_once (user_data);
}

static void
provide (SioSocket *socket,
         GTask     *task,
         gpointer   user_data)
{
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

static void
provide_and_act (SioSocket *socket,
                 GTask     *task,
                 gpointer   user_data)
{
  act_once (user_data);
  provide (socket, task, NULL);
}

static void
ask (Story      *self,
     const char *callback)
{
  self->asked++;
  sio_socket_emit_with_ack_async (self->chat, "question", NULL, SIO_EMIT_DEFAULT, 0, NULL,
                                  strcmp (callback, "answer") == 0 ? on_answer_act : on_answer, self);
}

static void
connect_callback (Story      *self,
                  const char *callback)
{
  gpointer instance = self->manager;

  if (strcmp (callback, "auth") == 0 || strcmp (callback, "answer") == 0)
    return;

  if (g_str_has_prefix (callback, "chat "))
    instance = self->chat;
  else if (g_str_has_prefix (callback, "no "))
    instance = self->no;
  if (instance != self->manager)
    callback = strchr (callback, ' ') + 1;

  if (strcmp (callback, "accept-certificate") == 0)
    g_signal_connect_swapped (instance, callback, G_CALLBACK (on_certificate), self);
  else
    g_signal_connect_swapped (instance, callback, G_CALLBACK (on_told), self);
}

static void
tell_of_attempts (Story  *self,
                  GError *error)
{
  sio_socket_open (self->chat);
  sio_socket_open (self->no);
  if (fake_engine_count () == 0)
    return;

  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  if (self->manager != NULL)
    sio_manager_retry_now (self->manager);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  if (self->manager != NULL)
    sio_manager_open (self->manager);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  if (self->manager != NULL)
    sio_manager_retry_now (self->manager);
}

static void
open_last (void)
{
  if (!sio_engine_is_open (fake_engine_last ()) && !fake_engine_was_abandoned (fake_engine_last ()) &&
      !fake_engine_was_closed (fake_engine_last ()))
    fake_engine_open (fake_engine_last ());
  turn_loop ();
}

static void
tell_of_session (Story      *self,
                 const char *callback)
{
  static const char * const packets[] = {
    "2/chat,[\"missed\"]", "0/chat,{\"sid\":\"x\",\"pid\":\"p\"}", "4/no,{\"message\":\"no\"}", "2/chat,0[\"event\"]",
    "3/chat,0[]", "2/chat,[\"event\"]", "1/chat,",
  };

  open_last ();
  ask (self, callback);
  for (guint i = 0; i < G_N_ELEMENTS (packets); i++)
    {
      fake_engine_receive (fake_engine_last (), packets[i]);
      if (i == 3)
        fake_engine_upgrade (fake_engine_last (), "websocket");
      turn_loop ();
    }

  ask (self, callback);
  sio_socket_open (self->chat);
  open_last ();
  fake_engine_ask_certificate (fake_engine_last (), NULL);
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"x\"}");
  fake_engine_receive (fake_engine_last (), "garbage");
  turn_loop ();
  if (self->manager != NULL)
    sio_manager_retry_now (self->manager);
  open_last ();
}

static void
tell_story (const char  *callback,
            void       (*act) (gpointer story))
{
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "down");
  Story self = { .act = act };
  gpointer manager;

  self.manager = manager = sio_manager_new ("http://h", NULL);
  g_object_add_weak_pointer (manager, &manager);
  sio_manager_set_reconnection_delay (self.manager, 3600000, 3600000);
  sio_manager_set_reconnection_attempts (self.manager, 2);
  self.chat = g_object_ref (sio_manager_get_socket (self.manager, "/chat"));
  self.no = g_object_ref (sio_manager_get_socket (self.manager, "/no"));
  sio_socket_set_auth_func (self.chat, strcmp (callback, "auth") == 0 ? provide_and_act : provide, &self, NULL);
  connect_callback (&self, callback);

  tell_of_attempts (&self, error);
  if (fake_engine_count () > 0 && !fake_engine_was_abandoned (fake_engine_last ()))
    tell_of_session (&self, callback);
  g_assert_true (self.told);

  g_clear_object (&self.manager);
  turn_loop ();
  g_assert_null (manager);
  g_assert_cmpuint (self.answered, ==, self.asked);
  g_assert_finalize_object (self.chat);
  g_assert_finalize_object (self.no);
  fake_engine_reset ();
}

static void
test_callback (gconstpointer callback)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_test_message ("%s in %s", acts[i].name, (const char *) callback);
      tell_story (callback, acts[i].act);
    }
}

static void
provide_never (SioSocket *socket,
               GTask     *task,
               gpointer   user_data)
{
  GTask **kept = user_data;

  *kept = task;
}

/* The provider still works when everything else is gone. */
static void
test_provider_outlives_all (void)
{
  SioManager *manager = sio_manager_new ("http://h", NULL);
  SioSocket *chat = sio_manager_get_socket (manager, "/chat");
  g_autoptr(GTask) task = NULL;

  sio_socket_set_auth_func (chat, provide_never, &task, NULL);
  sio_socket_open (chat);
  fake_engine_open (fake_engine_last ());
  g_assert_nonnull (task);
  g_assert_finalize_object (manager);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (task)));
  g_task_return_pointer (task, parse_arguments ("{}"), (GDestroyNotify) sio_value_unref);
  turn_loop ();
  fake_engine_reset ();
}

static void
note_destroyed (gpointer data)
{
  ++*(guint *) data;
}

static void
test_provider_data (void)
{
  SioManager *manager = sio_manager_new ("http://h", NULL);
  SioSocket *chat = sio_manager_get_socket (manager, "/chat");
  guint destroyed = 0;

  sio_socket_set_auth_func (chat, provide, &destroyed, note_destroyed);
  g_assert_cmpuint (destroyed, ==, 0);
  sio_socket_set_auth_func (chat, provide, &destroyed, note_destroyed);
  g_assert_cmpuint (destroyed, ==, 1);
  g_assert_finalize_object (manager);
  g_assert_cmpuint (destroyed, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (callbacks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lifetime/%s", callbacks[i]);

      g_test_add_data_func (path, callbacks[i], test_callback);
    }
  g_test_add_func ("/lifetime/provider-outlives-all", test_provider_outlives_all);
  g_test_add_func ("/lifetime/provider-data", test_provider_data);

  return g_test_run ();
}
