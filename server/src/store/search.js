// SPDX-License-Identifier: GPL-3.0-or-later
// The words of messages. This is the one file that needs SQLite: the index is a table of its FTS5, and there is no SQL for one
// that other databases understand. For PostgreSQL these functions would be written on a tsvector.
import { sql } from 'kysely';

/**
 * A document's number is the time of its message, and a place among those of the same millisecond. So FTS5, which walks numbers
 * downwards as fast as upwards, finds the newest first and stops when it has enough.
 */
const PER_MS = 2048;
const LAST_MS = Math.floor(Number.MAX_SAFE_INTEGER / PER_MS);

const BATCH = 500;

// Written without spaces between words, so that each character stands for itself: a word of them is found as a phrase.
const CHARACTERS = ['Han', 'Hira', 'Kana', 'Hang', 'Bopo', 'Thai', 'Laoo', 'Khmr', 'Mymr']
  .map((script) => `\\p{Script_Extensions=${script}}`).join('');
const WORDS = new RegExp(`(?=[\\p{L}\\p{N}])[${CHARACTERS}]\\p{M}*|(?:(?![${CHARACTERS}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

// Accents of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic; other marks make another letter.
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;

/** Makes the index of what was said until now. */
export const searchMigration = {
  up(db) {
    // SQLite's migrations are in no transaction of their own, and a process may end before this one is written down.
    return db.transaction().execute(async (tx) => {
      await sql`drop table if exists message_words`.execute(tx);
      await sql`drop table if exists message_documents`.execute(tx);
      await sql`create table message_documents
        (document integer primary key, message_id text not null unique references messages (id))`.execute(tx);
      // Words come cut and folded, so the tokenizer has nothing to know but spaces. The texts are in `messages` already.
      await sql`create virtual table message_words using fts5
        (room, sender, words, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'ascii')`.execute(tx);
      // Each has the number of its time, or the one after its neighbour's where that is taken.
      await sql`with ordered as (
          select id, timestamp * ${PER_MS} as number, row_number() over (order by timestamp, room_id, seq) as place
          from messages where deleted_at is null)
        insert into message_documents (document, message_id)
        select max(number - place) over (order by place) + place, id from ordered`.execute(tx);
      for (let after = -1; after !== undefined;)
        after = await indexBatch(tx, after);
    });
  },
};

async function indexBatch(tx, after) {
  const { rows } = await sql`select document, room_id, sender_id, content from message_documents
    join messages on messages.id = message_id where document > ${after} order by document limit ${BATCH}`.execute(tx);
  if (rows.length > 0)
    await insertWords(tx, rows);
  return rows.at(-1)?.document;
}

/**
 * Makes a message found by its words, which are new or others than before.
 *
 * @param {{ id: string, roomId: string, senderId: string, content: string, timestamp: number }} message
 */
export async function indexMessage(tx, { id, roomId, senderId, content, timestamp }) {
  const document = await documentOf(tx, id) ?? await addDocument(tx, id, timestamp * PER_MS);
  await insertWords(tx, [{ document, roomId, senderId, content }]);
}

async function insertWords(tx, messages) {
  const rows = messages.map(({ document, roomId, senderId, content }) =>
    sql`(${document}, ${key(roomId)}, ${key(senderId)}, ${wordsOf(content).join(' ')})`);
  await sql`insert or replace into message_words (rowid, room, sender, words) values ${sql.join(rows)}`.execute(tx);
}

/** Lets a message be found no more. */
export async function forgetMessage(tx, id) {
  await sql`delete from message_words where rowid = ${await documentOf(tx, id)}`.execute(tx);
  await sql`delete from message_documents where message_id = ${id}`.execute(tx);
}

/**
 * The ids of the messages that have all words of a query, the last one perhaps only as a beginning; newest first. A page ends with
 * all that are as old as its last one, so that the next page begins before that time.
 *
 * @param {{ query: string, roomIds: string[], senderId?: string, before?: number, limit: number }} search
 * @returns {Promise<{ ids: string[], hasMore: boolean }>}
 */
export async function findMessages(db, { query, roomIds, senderId, before, limit }) {
  const phrases = phrasesOf(query);
  if (phrases.length === 0 || roomIds.length === 0)
    return { ids: [], hasMore: false };
  const match = [
    `room : (${roomIds.map(key).join(' OR ')})`,
    ...(senderId === undefined ? [] : [`sender : ${key(senderId)}`]),
    ...phrases.map((phrase, index) => `words : "${phrase}"${index === phrases.length - 1 ? ' *' : ''}`),
  ].join(' AND ');
  const end = Math.min(before ?? LAST_MS, LAST_MS) * PER_MS;
  const page = await find(db, match, 0, end, limit);
  if (page.length < limit)
    return { ids: page.map((hit) => hit.messageId), hasMore: false };
  const last = page.at(-1).document;
  const start = last - last % PER_MS;
  const hits = [...page, ...await find(db, match, start, last, PER_MS)];
  const older = await find(db, match, 0, start, 1);
  return { ids: hits.map((hit) => hit.messageId), hasMore: older.length > 0 };
}

async function find(db, match, start, end, limit) {
  // The cross join keeps SQLite from reading the documents first. A large number comes as a real one, at which FTS5 would not
  // stop, so it is made whole.
  const { rows } = await sql`select document, message_id from message_words
    cross join message_documents on document = message_words.rowid
    where message_words match ${match}
      and message_words.rowid >= cast(${start} as integer) and message_words.rowid < cast(${end} as integer)
    order by message_words.rowid desc limit ${limit}`.execute(db);
  return rows;
}

async function documentOf(db, messageId) {
  const { rows } = await sql`select document from message_documents where message_id = ${messageId}`.execute(db);
  return rows[0]?.document;
}

/** Takes the number, or where others have it the next one that is free. */
async function addDocument(tx, messageId, number) {
  const { rows } = await sql`insert into message_documents (document, message_id)
    select coalesce(min(taken.document) + 1, ${number}), ${messageId} from message_documents as taken
    where taken.document >= ${number}
      and exists (select 1 from message_documents where document = ${number})
      and not exists (select 1 from message_documents as next where next.document = taken.document + 1)
    returning document`.execute(tx);
  return rows[0].document;
}

/** An id as one word of letters and digits. */
function key(id) {
  return `x${Buffer.from(id).toString('hex')}`;
}

/** Without case and accents. Capitals first: they are the same for more letters that are the same. */
function fold(text) {
  return text.toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD').replace(ACCENTS, '').normalize('NFKC');
}

function wordsOf(text) {
  return fold(text).match(WORDS) ?? [];
}

/** What stands together in a query has to stand together in a message: characters of one word, the parts of an address. */
function phrasesOf(query) {
  return query.split(/\s+/u).map((part) => wordsOf(part).join(' ')).filter((phrase) => phrase !== '');
}
