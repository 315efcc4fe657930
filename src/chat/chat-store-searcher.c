/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-error.h"
#include "chat-store-ahead-private.h"
#include "chat-store-searcher-private.h"

/* How many steps of SQLite's machine lie between two looks at whether somebody still wants to know. */
#define STEPS_BETWEEN_LOOKS 1000

/* The upper pages of the index and of the messages, which each search reads: more than a connection has otherwise. */
#define SET_CACHE "PRAGMA cache_size = -4096"

/* So long what was read ahead is thought to stay in the system's memory. In microseconds. */
#define PREPARED_FOR (10 * 60 * G_USEC_PER_SEC)

struct _ChatStoreSearcher
{
  char         *path;
  GAsyncQueue  *jobs;
  GThread      *thread;
  GMainContext *context;
  int           is_closing;

  gint64        prepared_at;

  /* Of its thread. */
  ChatDatabase  *database;
  ChatStoreAhead ahead;
  gboolean       is_ahead;
};

typedef enum
{
  JOB_SEARCH,
  JOB_PREPARE,
  JOB_LAST,
} JobKind;

typedef struct
{
  JobKind            kind;
  ChatStoreSearcher *searcher;
  ChatStoreSearch   *search;
  GTask             *task;
  ChatStoreHits     *hits;
  GError            *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->search, chat_store_search_free);
  g_clear_object (&job->task);
  g_clear_pointer (&job->hits, chat_store_hits_free);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
is_unwanted (const Job *job)
{
  return g_atomic_int_get (&job->searcher->is_closing) || g_cancellable_is_cancelled (g_task_get_cancellable (job->task));
}

static int
look_cb (gpointer data)
{
  return is_unwanted (data);
}

static gboolean
answer_cb (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->hits), (GDestroyNotify) chat_store_hits_free);

  return G_SOURCE_REMOVE;
}

/* Takes @job: it ends in the thread that asked. The task may hold the last reference of the store, and a store that ended here would
 * wait for its own thread. */
static void
answer (ChatStoreSearcher *self,
        Job               *job)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, job, job_free);
  g_source_attach (source, self->context);
}

static ChatDatabase *
open_database (const char  *path,
               GError     **error)
{
  g_autoptr(ChatDatabase) database = chat_database_open (path, FALSE, error);

  if (database == NULL || !chat_database_run (database, SET_CACHE, error))
    return NULL;

  return g_steal_pointer (&database);
}

static void
run_job (ChatStoreSearcher *self,
         Job               *job)
{
  if (self->database == NULL && !is_unwanted (job))
    self->database = open_database (self->path, &job->error);

  if (self->database != NULL && !is_unwanted (job))
    {
      sqlite3 *handle = chat_database_get_handle (self->database);

      sqlite3_progress_handler (handle, STEPS_BETWEEN_LOOKS, look_cb, job);
      job->hits = chat_store_search_run (self->database, job->search, &job->error);
      sqlite3_progress_handler (handle, 0, NULL, NULL);
    }

  if (is_unwanted (job))
    {
      g_clear_error (&job->error);
      g_clear_pointer (&job->hits, chat_store_hits_free);
      job->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The search was ended."));
    }
}

static void
begin_ahead (ChatStoreSearcher *self)
{
  /* Why it cannot be opened the first search will tell. */
  if (self->database == NULL)
    self->database = open_database (self->path, NULL);
  if (self->database == NULL)
    return;

  chat_store_ahead_begin (&self->ahead, self->database);
  self->is_ahead = TRUE;
}

/* What is asked for goes before what may be. */
static Job *
wait_for_job (ChatStoreSearcher *self)
{
  while (self->is_ahead)
    {
      Job *job = g_async_queue_try_pop (self->jobs);

      if (job != NULL)
        return job;

      self->is_ahead = chat_store_ahead_read (&self->ahead, self->database);
    }
  chat_store_ahead_end (&self->ahead);

  return g_async_queue_pop (self->jobs);
}

static gpointer
chat_store_searcher_thread (gpointer data)
{
  ChatStoreSearcher *self = data;

  while (TRUE)
    {
      Job *job = wait_for_job (self);
      JobKind kind = job->kind;

      if (kind == JOB_SEARCH)
        {
          run_job (self, job);
          answer (self, job);
          continue;
        }

      job_free (job);
      if (kind == JOB_LAST)
        break;

      begin_ahead (self);
    }

  chat_store_ahead_end (&self->ahead);
  g_clear_pointer (&self->database, chat_database_free);

  return NULL;
}

ChatStoreSearcher *
chat_store_searcher_new (const char *path)
{
  ChatStoreSearcher *self = g_new0 (ChatStoreSearcher, 1);

  self->path = g_strdup (path);
  self->context = g_main_context_ref_thread_default ();
  self->jobs = g_async_queue_new_full (job_free);
  self->thread = g_thread_new ("chat-search", chat_store_searcher_thread, self);

  return self;
}

static void
push_empty (ChatStoreSearcher *self,
            JobKind            kind)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  g_async_queue_push (self->jobs, job);
}

/* Ends what is being searched for. */
void
chat_store_searcher_free (ChatStoreSearcher *self)
{
  if (self == NULL)
    return;

  g_atomic_int_set (&self->is_closing, TRUE);
  push_empty (self, JOB_LAST);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_main_context_unref (self->context);
  g_free (self->path);
  g_free (self);
}

/**
 * chat_store_searcher_push:
 * @self: a searcher
 * @search: (transfer full): what to look for
 * @task: (transfer full): is ended with a ChatStoreHits
 */
void
chat_store_searcher_push (ChatStoreSearcher *self,
                          ChatStoreSearch   *search,
                          GTask             *task)
{
  Job *job = g_new0 (Job, 1);

  job->searcher = self;
  job->search = search;
  job->task = task;
  g_async_queue_push (self->jobs, job);
}

/**
 * chat_store_searcher_prepare:
 * @self: a searcher
 *
 * Somebody is about to search: what is kept is read ahead, unless that was done a moment ago.
 */
void
chat_store_searcher_prepare (ChatStoreSearcher *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->prepared_at != 0 && now - self->prepared_at < PREPARED_FOR)
    return;

  self->prepared_at = now;
  push_empty (self, JOB_PREPARE);
}
