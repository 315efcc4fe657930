// SPDX-License-Identifier: GPL-3.0-or-later
// fill-room.mjs DATA ROOM-ID: puts messages into a room as if they had been said at some time. They are read from the standard input,
// as a JSON list of { sender, content, timestamp, answers, edited, deleted }, where `answers` is the place of another one in the list.
import { text } from 'node:stream/consumers';
import { openStore } from '../../../server/src/store/store.js';

const [data, roomId] = process.argv.slice(2);
const store = await openStore(data);
const stored = [];
try {
  for (const { sender, content, timestamp, answers, edited, deleted } of JSON.parse(await text(process.stdin))) {
    const { id: senderId } = await store.users.byName(sender);
    if (!(await store.rooms.isMember(senderId, roomId)))
      await store.rooms.join(senderId, roomId);
    const { message } = await store.messages.add({ roomId, senderId, content, timestamp, replyTo: stored[answers]?.id });
    stored.push(message);
    if (edited)
      await store.messages.change(message.id, { content: edited, editedAt: timestamp + 1000 });
    if (deleted)
      await store.messages.change(message.id, { content: '', deletedAt: timestamp + 1000 });
  }
} finally {
  await store.close();
}
