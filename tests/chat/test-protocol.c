/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each payload of the protocol, as it should be and with each of its members replaced by what does not fit. */

#include "config.h"

#include "chat-protocol-private.h"

typedef gboolean (*ReadFunc) (SioValue  *value,
                              GError   **error);

#define READER(name, type, call)                          \
  static gboolean                                         \
  name (SioValue  *value,                                 \
        GError   **error)                                 \
  {                                                       \
    g_autoptr(type) result = call;                        \
                                                          \
    return result != NULL;                                \
  }

READER (read_session, ChatSessionInfo, chat_protocol_read_session (value, error))
READER (read_room, ChatRoomInfo, chat_protocol_read_room (value, error))
READER (read_update, ChatRoomUpdate, chat_protocol_read_room_update (value, error))
READER (read_joined, ChatJoinResult, chat_protocol_read_join_result (value, error))
READER (read_created, ChatRoomInfo, chat_protocol_read_created_room (value, error))
READER (read_list, GPtrArray, chat_protocol_read_room_list (value, error))
READER (read_message, ChatMessage, chat_protocol_read_message (value, "message", "u1", error))
READER (read_history, ChatHistory, chat_protocol_read_history (value, "u1", error))
READER (read_found, ChatHistory, chat_protocol_read_search_result (value, "u1", error))
READER (read_typing, ChatTyping, chat_protocol_read_typing (value, error))
READER (read_presence, ChatPresence, chat_protocol_read_presence (value, error))
READER (read_notification, ChatNotification, chat_protocol_read_notification (value, error))
READER (read_stats, ChatStats, chat_protocol_read_stats (value, error))
READER (read_alert, ChatAlert, chat_protocol_read_alert (value, error))
READER (read_server_info, ChatServerInfo, chat_protocol_read_server_info (value, error))
READER (read_signed_in, ChatSignedIn, chat_protocol_read_signed_in (value, error))

static gboolean
read_sent (SioValue  *value,
           GError   **error)
{
  guint retry_after_ms = 0;
  g_autoptr(ChatMessage) message = chat_protocol_read_send_result (value, "u1", &retry_after_ms, error);

  return message != NULL;
}

static gboolean
read_left (SioValue  *value,
           GError   **error)
{
  g_autofree char *room_id = chat_protocol_read_room_id (value, "room:left", error);

  return room_id != NULL;
}

static gboolean
read_cleared (SioValue  *value,
              GError   **error)
{
  g_autofree char *id = chat_protocol_read_alert_cleared (value, error);

  return id != NULL;
}

#define MEMBER "{\"userId\":\"u2\",\"username\":\"Eve\",\"joinedAt\":1700000000000,\"online\":true}"
#define ROOM "{\"id\":\"r1\",\"name\":\"Lobby\",\"memberCount\":3,\"topic\":\"Talk\",\"isPrivate\":false,\"lastSeq\":9," \
  "\"readSeq\":7,\"unread\":2,\"mentions\":1}"
#define MESSAGE "{\"id\":\"m1\",\"content\":\"hello\",\"senderId\":\"u2\",\"roomId\":\"r1\",\"timestamp\":1700000000000," \
  "\"senderName\":\"Eve\",\"seq\":9,\"clientId\":\"c1\",\"replyTo\":\"m0\",\"editedAt\":1700000000001,\"deleted\":false," \
  "\"mentions\":[\"u1\"]}"

static const struct
{
  const char *name;
  ReadFunc    read;
  const char *text;
  /* The members that may be missing or null, each between spaces. */
  const char *optional;
} payloads[] = {
  { "session", read_session,
    "{\"protocol\":1,\"user\":{\"userId\":\"u1\",\"username\":\"Ben\",\"isAdmin\":true},"
    "\"server\":{\"name\":\"s\",\"version\":\"1\"},\"features\":[\"history\",\"delivery\"],"
    "\"limits\":{\"maxContentLength\":4000,\"maxFileBytes\":0},\"rooms\":[" ROOM "],\"joined\":[\"r1\"]}",
    " server limits maxContentLength maxFileBytes topic isPrivate lastSeq readSeq unread mentions " },
  { "room:changed", read_room, ROOM, " topic isPrivate lastSeq readSeq unread mentions " },
  { "room:left", read_left, "{\"roomId\":\"r1\"}", " " },
  { "room:update", read_update,
    "{\"roomId\":\"r1\",\"type\":\"member_joined\",\"member\":" MEMBER ",\"memberCount\":3}", " online " },
  { "room:join", read_joined,
    "{\"success\":true,\"roomId\":\"r1\",\"roomName\":\"Lobby\",\"members\":[" MEMBER "]}", " roomName members online " },
  { "room:join refused", read_joined,
    "{\"success\":false,\"roomId\":\"r1\",\"error\":\"No\",\"code\":\"forbidden\",\"retryAfterMs\":100}",
    " roomId error code retryAfterMs " },
  { "room:create", read_created, "{\"success\":true,\"room\":" ROOM "}", " topic isPrivate lastSeq readSeq unread mentions " },
  { "room:list", read_list, "{\"rooms\":[" ROOM "]}", " topic isPrivate lastSeq readSeq unread mentions " },
  { "message", read_message, MESSAGE, " senderName seq clientId replyTo editedAt deleted mentions " },
  { "send", read_sent, "{\"success\":true,\"message\":" MESSAGE "}",
    " senderName seq clientId replyTo editedAt deleted mentions " },
  { "room:history", read_history, "{\"success\":true,\"messages\":[],\"hasMore\":false}", " " },
  { "search", read_found, "{\"success\":true,\"messages\":[],\"hasMore\":false}", " " },
  { "typing", read_typing, "{\"userId\":\"u2\",\"username\":\"Eve\",\"roomId\":\"r1\"}", " roomId " },
  { "presence", read_presence, "{\"userId\":\"u2\",\"online\":true,\"lastSeen\":1700000000000}", " lastSeen " },
  { "notification", read_notification,
    "{\"id\":\"n1\",\"type\":\"info\",\"title\":\"t\",\"message\":\"m\",\"read\":false,\"createdAt\":1700000000000,"
    "\"kind\":\"mention\",\"roomId\":\"r1\",\"messageId\":\"m1\"}", " kind roomId messageId " },
  { "stats", read_stats,
    "{\"connectedUsers\":3,\"activeRooms\":2,\"messageRate\":1.5,\"nodes\":[{\"id\":\"a\",\"uptime\":1.5,"
    "\"connections\":3,\"cpu\":0.2,\"rss\":1000,\"eventLoopLag\":0.1}]}",
    " nodes uptime connections cpu rss eventLoopLag " },
  { "alert", read_alert, "{\"id\":\"a1\",\"severity\":\"critical\",\"message\":\"m\",\"timestamp\":1700000000000}", " " },
  { "alert:cleared", read_cleared, "{\"alertId\":\"a1\",\"by\":\"ada\"}", " by " },
  { "enfilade.json", read_server_info,
    "{\"name\":\"s\",\"version\":\"1\",\"signIn\":[\"password\",\"token\"],\"maxFileBytes\":0}", " version maxFileBytes " },
  { "sign-in", read_signed_in,
    "{\"token\":\"t\",\"expiresAt\":1700000000000,\"user\":{\"userId\":\"u1\",\"username\":\"Ben\",\"isAdmin\":false}}",
    " isAdmin " },
};

static const char *strangers[] = {
  "null", "true", "7", "-1", "1e300", "\"text\"", "[]", "[[]]", "{}", "{\"a\":1}",
};

/* What a stranger must not be taken for. */
typedef enum
{
  KIND_NULL,
  KIND_BOOLEAN,
  KIND_NUMBER,
  KIND_STRING,
  KIND_ARRAY,
  KIND_OBJECT,
} Kind;

static Kind
kind_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return KIND_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return KIND_ARRAY;
  if (JSON_NODE_HOLDS_NULL (node))
    return KIND_NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return KIND_STRING;

  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? KIND_BOOLEAN : KIND_NUMBER;
}

static gboolean
is_optional (guint       payload,
             const char *member)
{
  g_autofree char *word = g_strdup_printf (" %s ", member);

  return strstr (payloads[payload].optional, word) != NULL;
}

/* Who asked is told in words what came of it, and the log has the rest. */
static gboolean
is_told (guint payload)
{
  static const char * const told[] = { "room:create", "send", "room:history", "search", NULL };

  return g_strv_contains (told, payloads[payload].name);
}

static void
check (guint       payload,
       JsonNode   *root,
       const char *member,
       const char *stranger,
       gboolean    expect_ok)
{
  g_autoptr(SioValue) value = sio_value_new_from_json (root, NULL);
  g_autoptr(GError) error = NULL;
  gboolean ok = FALSE;

  g_assert_nonnull (value);
  ok = payloads[payload].read (value, &error);
  if (ok != expect_ok)
    g_error ("%s: %s as %s: %s", payloads[payload].name, member, stranger, ok ? "was taken" : error->message);

  if (!ok)
    {
      g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
      if (is_told (payload))
        g_assert_cmpstr (error->message, ==, "The server’s answer could not be understood.");
      else
        g_assert_nonnull (strchr (error->message, ':'));
    }
}

static gboolean
fits (guint       payload,
      const char *member,
      JsonNode   *original,
      JsonNode   *stranger,
      const char *text)
{
  Kind kind = kind_of (stranger);

  if (kind == KIND_NULL)
    return is_optional (payload, member);

  /* Of the same kind it would be a value; only those that are none are looked at here. */
  return kind == kind_of (original) && kind != KIND_NUMBER;
}

static void
mutate_object (guint       payload,
               JsonNode   *root,
               JsonObject *object)
{
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      g_autoptr(JsonNode) original = json_node_ref (json_object_get_member (object, name));

      /* What another kind of answer would be is no mistake of a member. */
      if (g_str_equal (name, "success") || g_str_equal (name, "by"))
        continue;

      for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
        {
          g_autoptr(JsonNode) stranger = json_from_string (strangers[i], NULL);
          gboolean taken = fits (payload, name, original, stranger, strangers[i]);

          if (taken && kind_of (stranger) != KIND_NULL)
            continue;
          if (kind_of (original) == KIND_NUMBER && g_str_equal (strangers[i], "7"))
            continue;

          json_object_set_member (object, name, json_node_ref (stranger));
          check (payload, root, name, strangers[i], taken);
        }

      json_object_remove_member (object, name);
      check (payload, root, name, "missing", is_optional (payload, name));
      json_object_set_member (object, name, json_node_ref (original));

      if (JSON_NODE_HOLDS_OBJECT (original))
        mutate_object (payload, root, json_node_get_object (original));
      else if (JSON_NODE_HOLDS_ARRAY (original) && json_array_get_length (json_node_get_array (original)) > 0 &&
               JSON_NODE_HOLDS_OBJECT (json_array_get_element (json_node_get_array (original), 0)))
        mutate_object (payload, root, json_array_get_object_element (json_node_get_array (original), 0));
    }
}

static void
test_each_member (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr(JsonNode) root = json_from_string (payloads[i].text, NULL);
      JsonObject *object = json_node_get_object (root);

      check (i, root, "itself", "it is", TRUE);
      json_object_set_string_member (object, "anExtensionOfTomorrow", "x");
      check (i, root, "itself", "extended", TRUE);
      json_object_remove_member (object, "anExtensionOfTomorrow");
      mutate_object (i, root, object);
      check (i, root, "itself", "it was", TRUE);
    }
}

static void
test_no_object_at_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr(GError) none = NULL;

      g_assert_false (payloads[i].read (NULL, &none));
      g_assert_error (none, CHAT_ERROR, CHAT_ERROR_INVALID);

      for (guint j = 0; j < G_N_ELEMENTS (strangers); j++)
        {
          g_autoptr(SioValue) value = sio_value_new_from_text (strangers[j], -1, NULL);
          g_autoptr(GError) error = NULL;

          g_assert_false (payloads[i].read (value, &error));
          g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
        }
    }
}

static void
test_message_values (void)
{
  g_autoptr(SioValue) value = sio_value_new_from_text (MESSAGE, -1, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatMessage) message = chat_protocol_read_message (value, "message", "u1", &error);
  g_autoptr(ChatMessage) own = chat_protocol_read_message (value, "message", "u2", NULL);
  g_autoptr(ChatMessage) nobodys = chat_protocol_read_message (value, "message", NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (chat_message_get_id (message), ==, "m1");
  g_assert_cmpstr (chat_message_get_client_id (message), ==, "c1");
  g_assert_cmpstr (chat_message_get_room_id (message), ==, "r1");
  g_assert_cmpstr (chat_message_get_sender_id (message), ==, "u2");
  g_assert_cmpstr (chat_message_get_sender_name (message), ==, "Eve");
  g_assert_cmpstr (chat_message_get_content (message), ==, "hello");
  g_assert_cmpint (chat_message_get_timestamp (message), ==, G_GINT64_CONSTANT (1700000000000));
  g_assert_cmpint (chat_message_get_seq (message), ==, 9);
  g_assert_false (chat_message_get_own (message));
  g_assert_true (chat_message_get_mentions_me (message));
  g_assert_true (chat_message_get_own (own));
  g_assert_false (chat_message_get_mentions_me (own));
  g_assert_false (chat_message_get_own (nobodys));
  g_assert_cmpstr (chat_message_get_reply_to (message), ==, "m0");
  g_assert_cmpint (chat_message_get_edited_at (message), ==, G_GINT64_CONSTANT (1700000000001));
  g_assert_false (chat_message_get_deleted (message));
}

static void
test_message_without_options (void)
{
  g_autoptr(SioValue) value = sio_value_new_from_text (
    "{\"id\":\"m1\",\"content\":\"hello\",\"senderId\":\"u2\",\"roomId\":\"r1\",\"timestamp\":1,"
    "\"replyTo\":null,\"editedAt\":null,\"deleted\":null}", -1, NULL);
  g_autoptr(ChatMessage) message = chat_protocol_read_message (value, "message", "u1", NULL);

  g_assert_nonnull (message);
  g_assert_null (chat_message_get_reply_to (message));
  g_assert_cmpint (chat_message_get_edited_at (message), ==, 0);
  g_assert_false (chat_message_get_deleted (message));
}

/* Whatever a server says of it still: what was deleted is not shown, and calls nobody. */
static void
test_deleted_message (void)
{
  g_autoptr(SioValue) value = sio_value_new_from_text (
    "{\"id\":\"m1\",\"content\":\"secret\",\"senderId\":\"u2\",\"roomId\":\"r1\",\"timestamp\":1,\"seq\":4,"
    "\"deleted\":true,\"mentions\":[\"u1\"]}", -1, NULL);
  g_autoptr(ChatMessage) message = chat_protocol_read_message (value, "message:changed", "u1", NULL);

  g_assert_nonnull (message);
  g_assert_true (chat_message_get_deleted (message));
  g_assert_cmpstr (chat_message_get_content (message), ==, "");
  g_assert_false (chat_message_get_mentions_me (message));
  g_assert_cmpint (chat_message_get_seq (message), ==, 4);
}

static void
test_error_names_event_and_member (void)
{
  g_autoptr(SioValue) value = sio_value_new_from_text ("{\"id\":\"m1\",\"content\":7}", -1, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (chat_protocol_read_message (value, "message", NULL, &error));
  g_assert_cmpstr (error->message, ==, "message: content is not text");
}

static ChatMessage *
read_message_with (const char  *name,
                   const char  *text,
                   GError     **error)
{
  g_autoptr(JsonNode) root = json_from_string (MESSAGE, NULL);
  g_autoptr(SioValue) value = NULL;

  json_object_set_string_member (json_node_get_object (root), name, text);
  value = sio_value_new_from_json (root, NULL);

  return chat_protocol_read_message (value, "message", NULL, error);
}

static void
test_lengths (void)
{
  g_autofree char *long_id = g_strnfill (CHAT_PROTOCOL_MAX_ID + 1, 'x');
  g_autofree char *long_name = g_strnfill (CHAT_PROTOCOL_MAX_NAME + 1, 'x');
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *three_megabytes = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr(ChatMessage) large = read_message_with ("content", megabyte, NULL);
  g_autoptr(ChatMessage) name = read_message_with ("senderName", "two\nlines <b>&", NULL);
  g_autoptr(ChatMessage) none = NULL;

  g_assert_nonnull (large);
  g_assert_cmpstr (chat_message_get_sender_name (name), ==, "two lines <b>&");

  none = read_message_with ("content", three_megabytes, NULL);
  g_assert_null (none);
  none = read_message_with ("senderName", long_name, NULL);
  g_assert_null (none);
  none = read_message_with ("id", long_id, NULL);
  g_assert_null (none);
  none = read_message_with ("id", "", NULL);
  g_assert_null (none);
}

static void
test_times (void)
{
  static const struct
  {
    const char *time;
    gboolean    taken;
  } times[] = {
    { "0", TRUE },
    { "1700000000000.25", TRUE },
    { "253402300799999", TRUE },
    { "253402300800000", FALSE },
    { "-1", FALSE },
    { "9223372036854775807", FALSE },
    { "1e21", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"id\":\"a\",\"severity\":\"low\",\"message\":\"m\",\"timestamp\":%s}", times[i].time);
      g_autoptr(SioValue) value = sio_value_new_from_text (text, -1, NULL);
      g_autoptr(ChatAlert) alert = chat_protocol_read_alert (value, NULL);

      g_assert_cmpint (alert != NULL, ==, times[i].taken);
    }
}

/* A hole of one, not of a page. */
static void
test_lists_leave_out_what_does_not_fit (void)
{
  g_autoptr(SioValue) history = sio_value_new_from_text (
    "{\"success\":true,\"hasMore\":true,\"messages\":[{\"id\":1}," MESSAGE ",7]}", -1, NULL);
  g_autoptr(SioValue) alerts = sio_value_new_from_text (
    "[{},{\"id\":\"a\",\"severity\":\"low\",\"message\":\"m\",\"timestamp\":1},null]", -1, NULL);
  g_autoptr(SioValue) notifications = sio_value_new_from_text (
    "[[],{\"id\":\"n\",\"type\":\"success\",\"title\":\"t\",\"message\":\"m\",\"read\":true,\"createdAt\":1}]", -1, NULL);
  g_autoptr(ChatHistory) read_messages = chat_protocol_read_history (history, NULL, NULL);
  g_autoptr(ChatHistory) found_messages = chat_protocol_read_search_result (history, NULL, NULL);
  g_autoptr(GPtrArray) read_alerts = chat_protocol_read_alerts (alerts, NULL);
  g_autoptr(GPtrArray) read_notifications = chat_protocol_read_notifications (notifications, NULL);

  g_assert_cmpuint (read_messages->messages->len, ==, 1);
  g_assert_true (read_messages->has_more);
  g_assert_cmpuint (found_messages->messages->len, ==, 1);
  g_assert_cmpstr (chat_message_get_reply_to (g_ptr_array_index (found_messages->messages, 0)), ==, "m0");
  g_assert_true (found_messages->has_more);
  g_assert_cmpuint (read_alerts->len, ==, 1);
  g_assert_cmpuint (read_notifications->len, ==, 1);
  g_assert_null (chat_protocol_read_alerts (history, NULL));
  g_assert_null (chat_protocol_read_alerts (NULL, NULL));
  g_assert_null (chat_protocol_read_notifications (NULL, NULL));
}

static void
test_read_mark (void)
{
  g_autoptr(SioValue) good = sio_value_new_from_text ("[\"r1\",7]", -1, NULL);
  g_autoptr(SioValue) bad = sio_value_new_from_text ("[7,\"r1\"]", -1, NULL);
  g_autoptr(ChatReadMark) mark =
    chat_protocol_read_read_mark (sio_value_get_element (good, 0), sio_value_get_element (good, 1), NULL, NULL);

  g_assert_cmpstr (mark->room_id, ==, "r1");
  g_assert_cmpint (mark->seq, ==, 7);
  g_assert_null (chat_protocol_read_read_mark (sio_value_get_element (bad, 0), sio_value_get_element (bad, 1), NULL, NULL));
  g_assert_null (chat_protocol_read_read_mark (sio_value_get_element (good, 0), NULL, NULL, NULL));
  g_assert_null (chat_protocol_read_read_mark (NULL, NULL, NULL, NULL));
}

static void
test_read_mark_back (void)
{
  g_autoptr(SioValue) sent = chat_protocol_write_read_mark ("r1", 7, TRUE);
  g_autoptr(SioValue) plain = chat_protocol_write_read_mark ("r1", 7, FALSE);
  g_autoptr(SioValue) bad = sio_value_new_from_text ("[\"r1\",7,{\"unread\":\"yes\"}]", -1, NULL);
  g_autoptr(ChatReadMark) mark =
    chat_protocol_read_read_mark (sio_value_get_element (sent, 0), sio_value_get_element (sent, 1),
                                  sio_value_get_element (sent, 2), NULL);

  g_assert_cmpint (mark->seq, ==, 7);
  g_assert_true (mark->back);
  g_assert_cmpuint (sio_value_get_length (plain), ==, 2);
  g_assert_null (chat_protocol_read_read_mark (sio_value_get_element (bad, 0), sio_value_get_element (bad, 1),
                                               sio_value_get_element (bad, 2), NULL));
}

static void
test_failures (void)
{
  static const struct
  {
    const char *text;
    ChatError   code;
    guint       retry_after_ms;
    const char *message;
  } failures[] = {
    { "{\"success\":false,\"error\":\"Too long.\",\"code\":\"too_large\"}", CHAT_ERROR_TOO_LARGE, 1000, "Too long." },
    { "{\"success\":false,\"error\":\"Slow.\",\"code\":\"rate_limited\",\"retryAfterMs\":250}",
      CHAT_ERROR_RATE_LIMITED, 250, "Slow." },
    { "{\"success\":false,\"code\":\"rate_limited\",\"retryAfterMs\":1e15}", CHAT_ERROR_RATE_LIMITED, 60000, NULL },
    { "{\"success\":false}", CHAT_ERROR_INTERNAL, 1000, NULL },
    { "{\"success\":false,\"code\":\"of tomorrow\"}", CHAT_ERROR_INTERNAL, 1000, NULL },
    { "{\"success\":\"yes\"}", CHAT_ERROR_INVALID, 0, NULL },
    { "{}", CHAT_ERROR_INVALID, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr(SioValue) value = sio_value_new_from_text (failures[i].text, -1, NULL);
      g_autoptr(GError) error = NULL;
      guint retry_after_ms = 0;

      g_assert_null (chat_protocol_read_send_result (value, NULL, &retry_after_ms, &error));
      g_assert_error (error, CHAT_ERROR, (int) failures[i].code);
      g_assert_cmpuint (retry_after_ms, ==, failures[i].retry_after_ms);
      if (failures[i].message != NULL)
        g_assert_cmpstr (error->message, ==, failures[i].message);
      g_assert_cmpuint (strlen (error->message), >, 0);
    }
}

static void
test_refusals (void)
{
  g_autoptr(SioValue) forbidden = sio_value_new_from_text ("{\"code\":\"forbidden\"}", -1, NULL);
  g_autoptr(SioValue) odd = sio_value_new_from_text ("{\"code\":[],\"retryAfterMs\":\"soon\"}", -1, NULL);
  g_autoptr(SioValue) text = sio_value_new_from_text ("\"x\"", -1, NULL);
  g_autoptr(GError) first = chat_protocol_read_refusal ("No.", forbidden, NULL);
  g_autoptr(GError) second = chat_protocol_read_refusal ("No.", odd, NULL);
  g_autoptr(GError) third = chat_protocol_read_refusal ("", text, NULL);
  g_autoptr(GError) fourth = chat_protocol_read_refusal ("Invalid namespace", NULL, NULL);

  g_assert_error (first, CHAT_ERROR, CHAT_ERROR_FORBIDDEN);
  g_assert_cmpstr (first->message, ==, "No.");
  g_assert_error (second, CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED);
  g_assert_error (third, CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (strlen (third->message), >, 0);
  g_assert_error (fourth, CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER);
}

static void
assert_text (SioValue   *value,
             const char *expected)
{
  g_autoptr(SioValue) owned = value;
  g_autofree char *text = sio_value_to_text (owned);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_writes (void)
{
  g_autofree char *sign_in = chat_protocol_write_sign_in ("ben", "a \"b\"");

  assert_text (chat_protocol_write_auth ("t"), "{\"token\":\"t\",\"protocol\":1}");
  assert_text (chat_protocol_write_send ("hi", "r1", NULL, NULL), "[\"hi\",\"r1\"]");
  assert_text (chat_protocol_write_send ("hi", "r1", NULL, "m0"), "[\"hi\",\"r1\"]");
  assert_text (chat_protocol_write_send ("hi", "r1", "c1", NULL), "[\"hi\",\"r1\",{\"clientId\":\"c1\"}]");
  assert_text (chat_protocol_write_send ("hi", "r1", "c1", "m0"),
               "[\"hi\",\"r1\",{\"clientId\":\"c1\",\"replyTo\":\"m0\"}]");
  assert_text (chat_protocol_write_string ("r1"), "[\"r1\"]");
  assert_text (chat_protocol_write_nothing (), "[]");
  assert_text (chat_protocol_write_history_before ("r1", CHAT_NO_SEQ, 40), "[{\"roomId\":\"r1\",\"limit\":40}]");
  assert_text (chat_protocol_write_history_before ("r1", 9, 40), "[{\"roomId\":\"r1\",\"before\":9,\"limit\":40}]");
  assert_text (chat_protocol_write_history_after ("r1", 0, 40), "[{\"roomId\":\"r1\",\"after\":0,\"limit\":40}]");
  assert_text (chat_protocol_write_history_around ("r1", 9, 40), "[{\"roomId\":\"r1\",\"around\":9,\"limit\":40}]");
  assert_text (chat_protocol_write_search ("café \"x\"", NULL, NULL, CHAT_NOT_SAID, 50),
               "[{\"query\":\"café \\\"x\\\"\",\"limit\":50}]");
  assert_text (chat_protocol_write_search ("x", "r1", "u1", 0, 50),
               "[{\"query\":\"x\",\"roomId\":\"r1\",\"senderId\":\"u1\",\"before\":0,\"limit\":50}]");
  assert_text (chat_protocol_write_read_mark ("r1", 9, FALSE), "[\"r1\",9]");
  assert_text (chat_protocol_write_create_room ("Lobby", NULL, FALSE), "[{\"name\":\"Lobby\",\"isPrivate\":false}]");
  assert_text (chat_protocol_write_create_room ("Lobby", "Talk", TRUE),
               "[{\"name\":\"Lobby\",\"topic\":\"Talk\",\"isPrivate\":true}]");
  g_assert_cmpstr (sign_in, ==, "{\"username\":\"ben\",\"password\":\"a \\\"b\\\"\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/protocol/each-member", test_each_member);
  g_test_add_func ("/protocol/no-object-at-all", test_no_object_at_all);
  g_test_add_func ("/protocol/message-values", test_message_values);
  g_test_add_func ("/protocol/message-without-options", test_message_without_options);
  g_test_add_func ("/protocol/deleted-message", test_deleted_message);
  g_test_add_func ("/protocol/error-names-event-and-member", test_error_names_event_and_member);
  g_test_add_func ("/protocol/lengths", test_lengths);
  g_test_add_func ("/protocol/times", test_times);
  g_test_add_func ("/protocol/lists-leave-out-what-does-not-fit", test_lists_leave_out_what_does_not_fit);
  g_test_add_func ("/protocol/read-mark", test_read_mark);
  g_test_add_func ("/protocol/read-mark-back", test_read_mark_back);
  g_test_add_func ("/protocol/failures", test_failures);
  g_test_add_func ("/protocol/refusals", test_refusals);
  g_test_add_func ("/protocol/writes", test_writes);

  return g_test_run ();
}
