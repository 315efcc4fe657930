// SPDX-License-Identifier: GPL-3.0-or-later
import { z } from 'zod';
import { ChatError } from './errors.js';

// The database's text ends at a NUL in some of the places where it is read, so there is none in what is stored.
const noNul = (text) => !text.includes('\0');
const id = z.string().min(1).max(128).refine(noNul);
const seq = z.number().int().min(0);
const optional = (schema) => schema.nullish().transform((value) => value ?? undefined);
const limit = z.number().int().min(1).max(100).nullish().transform((value) => value ?? 50);
const content = z.string().refine((text) => text.trim() !== '' && noNul(text));
const line = (max) => z.string().trim().min(1).max(max).refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text))
  .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), 'has nothing that can be seen');

/** What may come with each event, in the order of its arguments. */
export const schemas = {
  room: [id],
  send: [content, id, z.object({ clientId: z.guid().nullish(), replyTo: id.nullish() }).nullish()],
  roomMessage: [z.object({ roomId: id, content })],
  createRoom: [z.object({ name: line(80), topic: line(250).nullish(), isPrivate: z.boolean().nullish() })],
  invite: [id, line(64)],
  history: [z.object({
    roomId: id,
    before: optional(seq),
    after: optional(seq),
    around: optional(seq),
    limit,
  }).refine(({ before, after, around }) => [before, after, around].filter((each) => each !== undefined).length <= 1)],
  read: [id, seq, optional(z.object({ unread: optional(z.boolean()) }))],
  search: [z.object({
    query: z.string().max(256).refine((text) => text.trim() !== '' && noNul(text)),
    roomId: optional(id),
    senderId: optional(id),
    before: optional(z.number().int().min(0)),
    limit,
  })],
  edit: [z.object({ id, content })],
  message: [z.object({ id })],
  nothing: [],
};

export const signInSchema = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(1024) });

/**
 * @param {import('zod').ZodType[]} schema
 * @param {unknown[]} args as they came; more than the schema knows are a newer client's and are passed over
 */
export function readArguments(schema, args) {
  return schema.map((argument, index) => readValue(argument, args[index]));
}

/** @template T @param {import('zod').ZodType<T>} schema @returns {T} */
export function readValue(schema, value) {
  const result = schema.safeParse(value);
  if (result.success)
    return result.data;
  const { path, message } = result.error.issues[0];
  throw new ChatError('invalid', path.length > 0 ? `${path.join('.')}: ${message}` : message);
}
