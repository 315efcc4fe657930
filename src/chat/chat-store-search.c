/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds messages by the index of their words. The index is in the order of time, so the newest that match come first and the search
 * ends when there are enough of them, however many more there are. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-error.h"
#include "chat-search-index-private.h"
#include "chat-store-record-private.h"

/* How many of the newest are looked at to find the best. */
#define MAX_RANKED 400

/* A match of today is worth this more than the oldest that is looked at. */
#define WORTH_OF_NEWNESS 0.4

/* More people or rooms than this with one name are not told apart by it. */
#define MAX_SIGNS 64

#define HIT_COLUMNS CHAT_RECORD_COLUMNS ", room.id, room.name, message.room, message.sender"
#define HIT_ROOM_ID CHAT_RECORD_N_COLUMNS
#define HIT_ROOM_NAME (CHAT_RECORD_N_COLUMNS + 1)
#define HIT_ROOM (CHAT_RECORD_N_COLUMNS + 2)
#define HIT_SENDER (CHAT_RECORD_N_COLUMNS + 3)

/* The names that were typed, as the store numbers them. */
typedef struct
{
  GArray *rooms;
  GArray *senders;
  /* Nobody, or no room, has the name: nothing is found. */
  gboolean is_nowhere;
} Limits;

static void
limits_clear (Limits *limits)
{
  g_clear_pointer (&limits->rooms, g_array_unref);
  g_clear_pointer (&limits->senders, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Limits, limits_clear)

void
chat_store_search_free (ChatStoreSearch *search)
{
  if (search == NULL)
    return;

  chat_search_query_unref (search->query);
  g_free (search->room_id);
  g_free (search);
}

static void
hit_free (gpointer data)
{
  ChatStoreHit *hit = data;

  g_object_unref (hit->message);
  g_free (hit->room_name);
  g_free (hit);
}

ChatStoreHits *
chat_store_hits_new (void)
{
  ChatStoreHits *hits = g_new0 (ChatStoreHits, 1);

  hits->hits = g_ptr_array_new_with_free_func (hit_free);

  return hits;
}

void
chat_store_hits_free (ChatStoreHits *hits)
{
  if (hits == NULL)
    return;

  g_ptr_array_unref (hits->hits);
  g_free (hits);
}

/* Whether somebody, or a room, is meant by what was typed: 2 when exactly so, 1 when a word of the name begins so. */
static int
answers_to (const char           *id,
            const ChatSearchText *name,
            const char           *typed,
            const ChatSearchText *typed_words)
{
  if (g_strcmp0 (id, typed) == 0 || g_str_equal (name->folded->str, typed_words->folded->str))
    return 2;

  for (guint i = 0; i < name->words->len; i++)
    {
      gboolean is_whole = FALSE;

      if (chat_search_text_has_at (name, i, typed_words, TRUE, &is_whole))
        return 1;
    }

  return 0;
}

/* Adds to @numbers those rows of @sql (number, id, name) that are called @typed; where some have just that name, only those. */
static gboolean
add_numbers (ChatDatabase  *database,
             const char    *sql,
             const char    *typed,
             GArray        *numbers,
             GError       **error)
{
  g_autoptr(ChatSearchText) typed_words = chat_search_text_new (typed);
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *statement = chat_database_prepare (database, sql, &problem);
  guint begin = numbers->len;
  int best = 1;

  while (chat_statement_next (statement, &problem))
    {
      g_autofree char *id = chat_statement_dup_text (statement, 1);
      g_autofree char *name = chat_statement_dup_text (statement, 2);
      g_autoptr(ChatSearchText) words = chat_search_text_new (name != NULL ? name : "");
      gint64 number = chat_statement_get_number (statement, 0, 0);
      int answer = answers_to (id, words, typed, typed_words);

      if (answer > best)
        {
          g_array_set_size (numbers, begin);
          best = answer;
        }
      if (answer == best && numbers->len < MAX_SIGNS)
        g_array_append_val (numbers, number);
    }

  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
find_all (ChatDatabase  *database,
          const char    *sql,
          GPtrArray     *names,
          GArray       **numbers,
          gboolean      *is_nowhere,
          GError       **error)
{
  *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < names->len; i++)
    {
      if (!add_numbers (database, sql, g_ptr_array_index (names, i), *numbers, error))
        return FALSE;
    }
  *is_nowhere |= names->len > 0 && (*numbers)->len == 0;

  return TRUE;
}

static gboolean
find_room (ChatDatabase  *database,
           const char    *room_id,
           Limits        *limits,
           GError       **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *statement = chat_database_prepare (database, "SELECT number FROM room WHERE id = ?", &problem);

  limits->rooms = g_array_new (FALSE, FALSE, sizeof (gint64));
  chat_statement_bind_text (statement, 1, room_id);
  if (chat_statement_next (statement, &problem))
    {
      gint64 room = chat_statement_get_number (statement, 0, 0);

      g_array_append_val (limits->rooms, room);
    }
  chat_statement_end (statement);
  limits->is_nowhere |= limits->rooms->len == 0;

  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/* A room that is given is where it is looked for, whatever else was typed. */
static gboolean
find_limits (ChatDatabase           *database,
             const ChatStoreSearch  *search,
             Limits                 *limits,
             GError                **error)
{
  gboolean has_rooms = search->room_id != NULL
    ? find_room (database, search->room_id, limits, error)
    : find_all (database, "SELECT number, id, name FROM room", search->query->rooms, &limits->rooms, &limits->is_nowhere, error);

  return has_rooms &&
         find_all (database, "SELECT number, id, name FROM person", search->query->senders, &limits->senders,
                   &limits->is_nowhere, error);
}

static void
append_signs (GString  *expression,
              GArray   *numbers,
              gunichar  (*sign_of) (gint64 number))
{
  for (guint i = 0; i < numbers->len; i++)
    {
      g_string_append (expression, i > 0 ? " OR \"" : expression->len > 0 ? " AND (\"" : "(\"");
      g_string_append_unichar (expression, sign_of (g_array_index (numbers, gint64, i)));
      g_string_append_c (expression, '"');
    }

  if (numbers->len > 0)
    g_string_append_c (expression, ')');
}

static void
append_phrase (GString                *expression,
               const ChatSearchPhrase *phrase)
{
  g_string_append (expression, expression->len > 0 ? " AND \"" : "\"");
  for (guint i = 0; i < phrase->text->words->len; i++)
    {
      gsize length = 0;
      const char *word = chat_search_text_get_word (phrase->text, i, &length);

      if (i > 0)
        g_string_append_c (expression, ' ');
      g_string_append_len (expression, word, (gssize) length);
    }
  g_string_append (expression, phrase->is_prefix ? "\" *" : "\"");
}

/* (transfer full): in the language of FTS5. Words have only letters and digits, so that nothing that is typed means anything in it. */
static char *
write_expression (const ChatSearchQuery *query,
                  const Limits          *limits)
{
  GString *expression = g_string_new (NULL);

  for (guint i = 0; i < query->phrases->len; i++)
    append_phrase (expression, g_ptr_array_index (query->phrases, i));

  append_signs (expression, limits->rooms, chat_search_sign_of_room);
  append_signs (expression, limits->senders, chat_search_sign_of_person);
  if (query->has_link)
    {
      g_string_append (expression, expression->len > 0 ? " AND \"" : "\"");
      g_string_append_unichar (expression, CHAT_SEARCH_SIGN_LINK);
      g_string_append_c (expression, '"');
    }

  return g_string_free (expression, FALSE);
}

/* The texts that are bound have to live as long as the statement runs. */
static sqlite3_stmt *
begin_search (ChatDatabase           *database,
              const ChatStoreSearch  *search,
              const char             *expression,
              GError                **error)
{
  const ChatSearchQuery *query = search->query;
  gint64 until = query->until == G_MAXINT64 ? G_MAXINT64 : chat_record_first_number (query->until);
  sqlite3_stmt *statement = NULL;

  if (*expression != '\0')
    statement = chat_database_prepare (database,
                                       "SELECT " HIT_COLUMNS " FROM message_text"
                                       " CROSS JOIN message ON message.number = message_text.rowid"
                                       " CROSS JOIN person ON person.number = message.sender"
                                       " CROSS JOIN room ON room.number = message.room"
                                       " WHERE message_text MATCH ?1 AND message_text.rowid >= ?2 AND message_text.rowid < ?3"
                                       " ORDER BY message_text.rowid DESC", error);
  else
    statement = chat_database_prepare (database,
                                       "SELECT " HIT_COLUMNS " FROM message"
                                       " CROSS JOIN person ON person.number = message.sender"
                                       " CROSS JOIN room ON room.number = message.room"
                                       " WHERE ?1 IS NOT NULL AND message.number >= ?2 AND message.number < ?3 AND message.flags & 4 = 0"
                                       " ORDER BY message.number DESC", error);

  chat_statement_bind_text (statement, 1, expression);
  chat_statement_bind_number (statement, 2, chat_record_first_number (query->since));
  chat_statement_bind_number (statement, 3, MIN (search->before, until));

  return statement;
}

static gboolean
is_among (GArray *numbers,
          gint64  number)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      if (g_array_index (numbers, gint64, i) == number)
        return TRUE;
    }

  return numbers->len == 0;
}

static ChatStoreHit *
read_hit (sqlite3_stmt *statement)
{
  g_autofree char *room_id = chat_statement_dup_text (statement, HIT_ROOM_ID);
  ChatStoreHit *hit = g_new0 (ChatStoreHit, 1);

  hit->message = chat_record_read_message (statement, room_id);
  hit->room_name = chat_statement_dup_text (statement, HIT_ROOM_NAME);

  return hit;
}

static gboolean
read_hits (sqlite3_stmt   *statement,
           const Limits   *limits,
           guint           limit,
           ChatStoreHits  *hits,
           GError        **error)
{
  g_autoptr(GError) problem = NULL;

  while (chat_statement_next (statement, &problem))
    {
      /* Two may have the same sign. */
      if (!is_among (limits->rooms, chat_statement_get_number (statement, HIT_ROOM, 0)) ||
          !is_among (limits->senders, chat_statement_get_number (statement, HIT_SENDER, 0)))
        continue;

      if (hits->hits->len == limit)
        {
          hits->has_more = TRUE;
          break;
        }

      hits->before = chat_statement_get_number (statement, 0, 0);
      g_ptr_array_add (hits->hits, read_hit (statement));
    }
  chat_statement_end (statement);

  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

typedef struct
{
  ChatStoreHit *hit;
  double        score;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  double first = ((const Ranked *) a)->score;
  double second = ((const Ranked *) b)->score;

  return (first < second) - (first > second);
}

static void
rank (ChatStoreHits         *hits,
      const ChatSearchQuery *query)
{
  g_autofree Ranked *ranked = g_new (Ranked, hits->hits->len);

  for (guint i = 0; i < hits->hits->len; i++)
    {
      ChatStoreHit *hit = g_ptr_array_index (hits->hits, i);
      g_autoptr(ChatSearchText) text = chat_search_text_new (chat_message_get_content (hit->message));

      ranked[i].hit = hit;
      ranked[i].score = chat_search_query_score (query, text) + WORTH_OF_NEWNESS * (hits->hits->len - i) / hits->hits->len;
    }

  /* It is stable: what is worth the same stays newest first. */
  g_qsort_with_data (ranked, (int) hits->hits->len, sizeof (Ranked), compare_ranked, NULL);
  for (guint i = 0; i < hits->hits->len; i++)
    hits->hits->pdata[i] = ranked[i].hit;
}

/* In the searcher's thread. */
ChatStoreHits *
chat_store_search_run (ChatDatabase           *database,
                       const ChatStoreSearch  *search,
                       GError                **error)
{
  g_autoptr(ChatStoreHits) hits = chat_store_hits_new ();
  g_autofree char *expression = NULL;
  g_auto(Limits) limits = { 0 };
  sqlite3_stmt *statement = NULL;
  guint limit = search->order == CHAT_SEARCH_BEST ? MAX (search->limit, MAX_RANKED) : search->limit;

  if (chat_search_query_is_empty (search->query))
    return g_steal_pointer (&hits);

  if (!find_limits (database, search, &limits, error))
    return NULL;

  if (limits.is_nowhere)
    return g_steal_pointer (&hits);

  expression = write_expression (search->query, &limits);
  statement = begin_search (database, search, expression, error);
  if (statement == NULL || !read_hits (statement, &limits, limit, hits, error))
    return NULL;

  if (search->order == CHAT_SEARCH_BEST)
    rank (hits, search->query);

  return g_steal_pointer (&hits);
}

static ChatStoreSearcher *
get_searcher (ChatStore *self)
{
  if (self->searcher == NULL)
    self->searcher = chat_store_searcher_new (self->path);

  return self->searcher;
}

/**
 * chat_store_prepare_search:
 * @self: a store
 *
 * Somebody is about to search: what is kept is read ahead, so that the first searches need not wait for the disk.
 */
void
chat_store_prepare_search (ChatStore *self)
{
  g_return_if_fail (CHAT_IS_STORE (self));

  if (self->reader != NULL)
    chat_store_searcher_prepare (get_searcher (self));
}

/**
 * chat_store_search_async:
 * @self: a store
 * @query: what to look for
 * @room_id: (nullable): the room in which to look, or %NULL for all
 * @order: %CHAT_SEARCH_BEST looks at some hundreds of the newest, and answers all of them
 * @before: only messages whose number is less: `before` of the hits so far, or G_MAXINT64
 * @limit: how many to answer
 * @cancellable: (nullable): a cancellable; a search that was cancelled ends at once
 * @callback: called when it ends
 * @user_data: for @callback
 *
 * Looks for messages.
 */
void
chat_store_search_async (ChatStore           *self,
                         ChatSearchQuery     *query,
                         const char          *room_id,
                         ChatSearchOrder      order,
                         gint64               before,
                         guint                limit,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  ChatStoreSearch *search = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_store_search_async);

  if (self->reader == NULL)
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_STORE, _("You were signed out."));
      return;
    }

  search = g_new0 (ChatStoreSearch, 1);
  search->query = chat_search_query_ref (query);
  search->room_id = g_strdup (room_id);
  search->order = order;
  search->before = before;
  search->limit = limit;
  chat_store_searcher_push (get_searcher (self), search, g_steal_pointer (&task));
}

/**
 * chat_store_search_finish:
 * @self: a store
 * @result: the result that the callback got
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was found
 */
ChatStoreHits *
chat_store_search_finish (ChatStore     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr(GError) problem = NULL;
  ChatStoreHits *hits = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  hits = g_task_propagate_pointer (G_TASK (result), &problem);
  if (problem == NULL)
    return hits;

  if (chat_database_is_damage (problem))
    chat_store_report (self, problem);
  g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}
