/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-error.h"
#include "chat-store-writer-private.h"

/* More than this would let the first one wait long for its answer. */
#define MAX_JOBS_AT_ONCE 500

/* Whom a problem is told; it may be gone before the telling. */
typedef struct
{
  GWeakRef object;
} Owner;

struct _ChatStoreWriter
{
  ChatDatabase     *database;
  GAsyncQueue      *jobs;
  GThread          *thread;
  GMainContext     *context;
  ChatStoreProblem  problem;
  Owner            *owner;

  /* Of the writer's thread. */
  gboolean          is_durable;
};

typedef struct
{
  ChatStoreWrite       write;
  gpointer             data;
  GDestroyNotify       destroy;
  GTask               *task;
  GError              *error;
  ChatStoreDurability  durability;
} Job;

/* Jobs that have ended, on their way back to whoever asked. */
typedef struct
{
  ChatStoreProblem  problem;
  Owner            *owner;
  GPtrArray        *jobs;
} Answer;

static void
owner_clear (gpointer data)
{
  g_weak_ref_clear (&((Owner *) data)->object);
}

static void
owner_unref (Owner *owner)
{
  g_atomic_rc_box_release_full (owner, owner_clear);
}

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  owner_unref (answer->owner);
  g_ptr_array_unref (answer->jobs);
  g_free (answer);
}

static gboolean
answer_cb (gpointer data)
{
  Answer *answer = data;
  g_autoptr(GObject) owner = g_weak_ref_get (&answer->owner->object);

  for (guint i = 0; i < answer->jobs->len; i++)
    {
      Job *job = g_ptr_array_index (answer->jobs, i);

      /* Whoever waits hears that it failed, and the owner that the file is damaged. */
      if (owner != NULL && job->task != NULL && chat_database_is_damage (job->error))
        answer->problem (owner, job->error);

      if (job->task != NULL && job->error != NULL)
        g_task_return_error (job->task, g_steal_pointer (&job->error));
      else if (job->task != NULL)
        g_task_return_boolean (job->task, TRUE);
      else if (owner != NULL && job->error != NULL)
        answer->problem (owner, job->error);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
has_answer (GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job->task != NULL || job->error != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Takes @jobs: they end in the thread that asked for them, down to their last reference. A task may hold the last one of the store,
 * and a store that ended here would wait for its own thread. */
static void
chat_store_writer_answer (ChatStoreWriter *self,
                          GPtrArray       *jobs)
{
  g_autoptr(GPtrArray) ended = jobs;
  g_autoptr(GSource) source = NULL;
  Answer *answer = NULL;

  if (!has_answer (ended))
    return;

  source = g_idle_source_new ();
  answer = g_new0 (Answer, 1);
  answer->problem = self->problem;
  answer->owner = g_atomic_rc_box_acquire (self->owner);
  answer->jobs = g_steal_pointer (&ended);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, answer, answer_free);
  g_source_attach (source, self->context);
}

static void
run_job (ChatStoreWriter *self,
         Job             *job)
{
  if (job->write == NULL)
    return;

  if (!chat_database_run (self->database, "SAVEPOINT job", &job->error))
    return;

  if (!job->write (self->database, job->data, &job->error))
    chat_database_run (self->database, "ROLLBACK TO job", NULL);

  chat_database_run (self->database, "RELEASE job", job->error == NULL ? &job->error : NULL);
}

/* A full disk makes SQLite undo the whole transaction by itself. What were written after that would be committed one by one, and be
 * said to have failed. */
static GError *
find_rollback (ChatStoreWriter *self,
               Job             *job)
{
  if (!sqlite3_get_autocommit (chat_database_get_handle (self->database)))
    return NULL;

  return job->error != NULL ? g_error_copy (job->error)
                            : g_error_new_literal (CHAT_ERROR, CHAT_ERROR_STORE, "The transaction was undone");
}

/* All of them, or none: what could not be committed has failed for each. */
static void
fail_jobs (GPtrArray    *jobs,
           const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* With `NORMAL` a commit is in the file, and the kernel brings it to the disk; with `FULL` it is on the disk. */
static gboolean
prepare_durability (ChatStoreWriter  *self,
                    GPtrArray        *jobs,
                    GError          **error)
{
  gboolean durable = FALSE;

  for (guint i = 0; i < jobs->len; i++)
    durable |= ((Job *) g_ptr_array_index (jobs, i))->durability == CHAT_STORE_DURABLE;

  if (durable == self->is_durable)
    return TRUE;

  if (!chat_database_run (self->database, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error))
    return FALSE;

  self->is_durable = durable;

  return TRUE;
}

/* Takes @jobs. */
static void
run_jobs (ChatStoreWriter *self,
          GPtrArray       *jobs)
{
  g_autoptr(GError) error = NULL;

  if (prepare_durability (self, jobs, &error) && chat_database_run (self->database, "BEGIN IMMEDIATE", &error))
    {
      for (guint i = 0; i < jobs->len && error == NULL; i++)
        {
          run_job (self, g_ptr_array_index (jobs, i));
          error = find_rollback (self, g_ptr_array_index (jobs, i));
        }

      if (error == NULL && !chat_database_run (self->database, "COMMIT", &error))
        chat_database_run (self->database, "ROLLBACK", NULL);
    }

  if (error != NULL)
    fail_jobs (jobs, error);

  chat_store_writer_answer (self, jobs);
}

static gpointer
chat_store_writer_thread (gpointer data)
{
  ChatStoreWriter *self = data;
  gboolean running = TRUE;

  while (running)
    {
      GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
      Job *job = g_async_queue_pop (self->jobs);

      do
        {
          /* The last job of all has nothing to write and nobody who waits. */
          running = job->write != NULL || job->task != NULL;
          g_ptr_array_add (jobs, job);
        }
      while (running && jobs->len < MAX_JOBS_AT_ONCE && (job = g_async_queue_try_pop (self->jobs)) != NULL);

      run_jobs (self, jobs);
    }

  return NULL;
}

/* Takes @database, which has to allow writing. @owner is whom problems are told. */
ChatStoreWriter *
chat_store_writer_new (ChatDatabase     *database,
                       GObject          *owner,
                       ChatStoreProblem  problem)
{
  ChatStoreWriter *self = g_new0 (ChatStoreWriter, 1);

  self->database = database;
  self->problem = problem;
  self->owner = g_atomic_rc_box_new (Owner);
  g_weak_ref_init (&self->owner->object, owner);
  self->context = g_main_context_ref_thread_default ();
  self->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
  /* SQLite begins with FULL. */
  self->is_durable = TRUE;
  self->thread = g_thread_new ("chat-store", chat_store_writer_thread, self);

  return self;
}

/* Writes what waits, and then ends. */
void
chat_store_writer_free (ChatStoreWriter *self)
{
  if (self == NULL)
    return;

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  chat_database_free (self->database);
  g_main_context_unref (self->context);
  owner_unref (self->owner);
  g_free (self);
}

/**
 * chat_store_writer_push:
 * @self: a writer
 * @write: (nullable): what to do; %NULL to be told when all that was asked before is done
 * @data: for @write
 * @destroy: (nullable): frees @data, in any thread
 * @durability: what it has to survive
 * @task: (nullable) (transfer full): is ended when @write is on the disk
 *
 * Asks for something to be written.
 */
void
chat_store_writer_push (ChatStoreWriter     *self,
                        ChatStoreWrite       write,
                        gpointer             data,
                        GDestroyNotify       destroy,
                        ChatStoreDurability  durability,
                        GTask               *task)
{
  Job *job = g_new0 (Job, 1);

  g_assert (write != NULL || task != NULL);

  job->write = write;
  job->data = data;
  job->destroy = destroy;
  job->durability = durability;
  job->task = task;
  g_async_queue_push (self->jobs, job);
}
