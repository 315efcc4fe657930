/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-search-text-private.h"

/* Marks below this class are part of a letter (voiced kana, the signs of India); those from here on are accents and vowel points. */
#define FIRST_ACCENT 10

/* Unicode's bound for the decomposition of one character. */
#define MAX_DECOMPOSED 18

typedef enum
{
  KIND_NONE,
  KIND_WORD,
  KIND_SIGN,
} Kind;

/* What a character does to the word before it. */
typedef enum
{
  ROLE_ENDS,
  ROLE_LETTER,
  ROLE_SIGN,
  ROLE_CONTINUES,
  ROLE_UNHEARD,
} Role;

/* @start and @end are those of the character in the original that is being read. */
typedef struct
{
  ChatSearchText *text;
  Kind            kind;
  gsize           start;
  gsize           end;
} Scanner;

/* Letters that people write without their strokes, and that Unicode does not take apart. */
static const struct
{
  gunichar    letter;
  const char *folded;
} plain_letters[] = {
  { 0x00df, "ss" }, /* ß */
  { 0x00e6, "ae" }, /* æ */
  { 0x00f0, "d" },  /* ð */
  { 0x00f8, "o" },  /* ø */
  { 0x00fe, "th" }, /* þ */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0131, "i" },  /* ı */
  { 0x0142, "l" },  /* ł */
  { 0x0153, "oe" }, /* œ */
  { 0x03c2, "σ" },  /* ς */
};

static gboolean
is_sign (gunichar character)
{
  switch (g_unichar_get_script (character))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;

    default:
      /* The long vowel of the kana belongs to two scripts. */
      return character == 0x30fc;
    }
}

/* The vowels and the finals of a Korean syllable that was taken apart. */
static gboolean
is_rest_of_syllable (gunichar character)
{
  return (character >= 0x1160 && character <= 0x11ff) || (character >= 0xd7b0 && character <= 0xd7ff);
}

static gboolean
is_joiner (gunichar character)
{
  return character == 0x00ad || character == 0x200c || character == 0x200d || (character >= 0xfe00 && character <= 0xfe0f);
}

static Role
role_of (gunichar character)
{
  if (is_joiner (character))
    return ROLE_UNHEARD;

  if (g_unichar_ismark (character))
    return g_unichar_combining_class (character) >= FIRST_ACCENT ? ROLE_UNHEARD : ROLE_CONTINUES;

  if (is_rest_of_syllable (character))
    return ROLE_CONTINUES;

  /* Emoji too are looked for; what stands for something unreadable is not. */
  if (g_unichar_type (character) == G_UNICODE_OTHER_SYMBOL && character != 0xfffd)
    return ROLE_SIGN;

  if (!g_unichar_isalnum (character))
    return ROLE_ENDS;

  return is_sign (character) ? ROLE_SIGN : ROLE_LETTER;
}

static void
append_folded (GString  *folded,
               gunichar  character)
{
  gunichar lower = g_unichar_tolower (character);

  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    {
      if (plain_letters[i].letter == lower)
        {
          g_string_append (folded, plain_letters[i].folded);
          return;
        }
    }

  g_string_append_unichar (folded, lower);
}

static void
scanner_begin_word (Scanner *self,
                    Kind     kind)
{
  GString *folded = self->text->folded;
  ChatSearchWord word = { 0 };

  if (folded->len > 0)
    g_string_append_c (folded, ' ');
  word.offset = folded->len;
  word.start = self->start;
  word.is_sign = kind == KIND_SIGN;
  g_array_append_val (self->text->words, word);
  self->kind = kind;
}

/* The word that was begun goes as far as this character. */
static void
scanner_extend_word (Scanner *self)
{
  GArray *words = self->text->words;
  ChatSearchWord *word = &g_array_index (words, ChatSearchWord, words->len - 1);

  word->length = self->text->folded->len - word->offset;
  word->end = self->end;
}

static void
scanner_add (Scanner  *self,
             gunichar  character)
{
  Role role = role_of (character);

  if (role == ROLE_ENDS)
    self->kind = KIND_NONE;
  else if (role == ROLE_SIGN)
    scanner_begin_word (self, KIND_SIGN);
  else if (role == ROLE_LETTER && self->kind != KIND_WORD)
    scanner_begin_word (self, KIND_WORD);

  /* An accent or a joiner on nothing is nothing. */
  if (self->kind == KIND_NONE)
    return;

  if (role != ROLE_UNHEARD)
    append_folded (self->text->folded, character);
  scanner_extend_word (self);
}

/* Most of what is written is this, and it needs no tables. */
static void
scanner_add_ascii (Scanner *self,
                   char     character)
{
  if (!g_ascii_isalnum (character))
    {
      self->kind = KIND_NONE;
      return;
    }

  if (self->kind != KIND_WORD)
    scanner_begin_word (self, KIND_WORD);
  g_string_append_c (self->text->folded, g_ascii_tolower (character));
  scanner_extend_word (self);
}

static void
scanner_add_decomposed (Scanner  *self,
                        gunichar  character)
{
  gunichar parts[MAX_DECOMPOSED];
  gsize n_parts = g_unichar_fully_decompose (character, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < MIN (n_parts, G_N_ELEMENTS (parts)); i++)
    scanner_add (self, parts[i]);
}

/**
 * chat_search_text_new:
 * @text: any text; what is no UTF-8 in it stands between words
 *
 * Returns: (transfer full): its words
 */
ChatSearchText *
chat_search_text_new (const char *text)
{
  ChatSearchText *self = g_new0 (ChatSearchText, 1);
  Scanner scanner = { self, KIND_NONE, 0, 0 };
  const char *next = NULL;

  self->folded = g_string_sized_new (strlen (text) + 1);
  self->words = g_array_sized_new (FALSE, FALSE, sizeof (ChatSearchWord), 16);

  for (const char *at = text; *at != '\0'; at = next)
    {
      gunichar character = (guchar) *at < 0x80 ? (guchar) *at : g_utf8_get_char_validated (at, -1);
      gboolean is_valid = character < (gunichar) -2;

      next = is_valid ? g_utf8_next_char (at) : at + 1;
      scanner.start = (gsize) (at - text);
      scanner.end = (gsize) (next - text);

      if (character < 0x80)
        scanner_add_ascii (&scanner, *at);
      else if (is_valid)
        scanner_add_decomposed (&scanner, character);
      else
        scanner.kind = KIND_NONE;
    }

  return self;
}

void
chat_search_text_free (ChatSearchText *self)
{
  if (self == NULL)
    return;

  g_string_free (self->folded, TRUE);
  g_array_unref (self->words);
  g_free (self);
}

/* (transfer full): the words of @text, one space between two */
char *
chat_search_text_fold (const char *text)
{
  ChatSearchText *self = chat_search_text_new (text);
  char *folded = g_string_free (self->folded, FALSE);

  g_array_unref (self->words);
  g_free (self);

  return folded;
}

const char *
chat_search_text_get_word (const ChatSearchText *self,
                           guint                 index,
                           gsize                *length)
{
  const ChatSearchWord *word = &g_array_index (self->words, ChatSearchWord, index);

  *length = word->length;

  return self->folded->str + word->offset;
}

gboolean
chat_search_text_has_at (const ChatSearchText *self,
                         guint                 index,
                         const ChatSearchText *phrase,
                         gboolean              is_prefix,
                         gboolean             *is_whole)
{
  if (phrase->words->len == 0 || index + phrase->words->len > self->words->len)
    return FALSE;

  for (guint i = 0; i < phrase->words->len; i++)
    {
      gsize length = 0;
      gsize wanted_length = 0;
      const char *word = chat_search_text_get_word (self, index + i, &length);
      const char *wanted = chat_search_text_get_word (phrase, i, &wanted_length);
      gboolean may_go_on = is_prefix && i == phrase->words->len - 1;

      *is_whole = length == wanted_length;
      if (length < wanted_length || (!*is_whole && !may_go_on) || memcmp (word, wanted, wanted_length) != 0)
        return FALSE;
    }

  return TRUE;
}
