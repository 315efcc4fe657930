// SPDX-License-Identifier: GPL-3.0-or-later
// read-room.js URL TOKEN ROOM-ID: prints what the server has stored of a room, as JSON, by way of the official client.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { io } = createRequire(join(__dirname, '../../../server/package.json'))('socket.io-client');

const [url, token, roomId] = process.argv.slice(2);
const socket = io(`${url}/chat`, { auth: { token, protocol: 1 }, transports: ['websocket'], reconnection: false });

function fail(error) {
  console.error(error);
  process.exit(1);
}

async function read() {
  const messages = [];
  let page;
  do {
    const before = messages.length > 0 ? messages[0].seq : undefined;
    page = await socket.timeout(20000).emitWithAck('room:history', { roomId, before, limit: 50 });
    if (!page.success)
      throw new Error(page.error);
    messages.unshift(...page.messages);
  } while (page.hasMore);
  return messages;
}

socket.on('connect_error', fail);
socket.on('session', () => read().then((messages) => {
  console.log(JSON.stringify(messages));
  socket.disconnect();
}, fail));
