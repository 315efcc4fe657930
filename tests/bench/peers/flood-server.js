// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server that costs next to nothing, so that the client is what is measured: it knows just enough of the protocol to let one
// join /chat, and then, on the event "flood" with { count, size }, sends that many frames that it made beforehand, as fast as they
// are taken. A last event, "done", says how many there were and what the lengths of their contents add up to, as each language
// counts them. Starts and ends as official-server.js does.

import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

const NAME_SPACE = '/chat';
const BLOCK_BYTES = 1 << 20;

const WORDS = ('the doors stand in one line and from the first room one sees the last shall we meet there at four or is it too late '
  + 'for tea I have read what you wrote about the garden and I think that the lanterns were a very good idea').split(' ');
const RARE = ['“so”', 'déjà', 'здравствуй', '庭園', '🏮', 'a\\b', '"quoted"', 'line\nbreak', 'tab\tstop'];

function frame(text) {
  const body = Buffer.from(text);
  let head;

  if (body.length < 126) {
    head = Buffer.from([0x81, body.length]);
  } else if (body.length < 65536) {
    head = Buffer.from([0x81, 126, 0, 0]);
    head.writeUInt16BE(body.length, 2);
  } else {
    throw new Error('No frame of ours is that long');
  }

  return Buffer.concat([head, body]);
}

// The same at each run, and different enough that no client can guess the next one.
function makeContent(size, index) {
  let state = index * 2654435761 >>> 0;
  let content = '';

  while (content.length < size) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const words = index % 3 === 0 && state % 7 === 0 ? RARE : WORDS;
    content += (content ? ' ' : '') + words[(state >>> 8) % words.length];
  }

  return content;
}

function makeMessage(content, index) {
  const text = JSON.stringify(['message', {
    id: createHash('md5').update(`${index}`).digest('hex'),
    content,
    senderId: 'u-1024',
    roomId: 'general',
    timestamp: 1795444273930 + index,
  }]);

  // Some servers escape what is not ASCII.
  return index % 20 === 0
    ? text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
}

class Block {
  constructor(size) {
    const frames = [];

    this.lengths = [];
    for (let bytes = 0; bytes < BLOCK_BYTES; bytes += frames.at(-1).length) {
      const content = makeContent(size, frames.length);

      frames.push(frame(`42${NAME_SPACE},${makeMessage(content, frames.length)}`));
      this.lengths.push({ bytes: Buffer.byteLength(content), units: content.length, characters: [...content].length });
    }
    this.count = frames.length;
    this.ends = frames.reduce((ends, each) => [...ends, (ends.at(-1) ?? 0) + each.length], []);
    this.data = Buffer.concat(frames);
  }

  first(count) {
    return count >= this.count ? this.data : this.data.subarray(0, this.ends[count - 1]);
  }

  total(count) {
    const sum = { count, bytes: 0, units: 0, characters: 0 };
    const add = (lengths, times) => {
      for (const key of Object.keys(lengths))
        sum[key] += lengths[key] * times;
    };

    this.lengths.forEach((lengths, i) => add(lengths, Math.floor(count / this.count) + (i < count % this.count ? 1 : 0)));

    return sum;
  }
}

const blocks = new Map();

function getBlock(size) {
  if (!blocks.has(size))
    blocks.set(size, new Block(size));
  return blocks.get(size);
}

function flood(socket, { count, size }) {
  const block = getBlock(size);
  let left = count;

  const send = () => {
    while (left > 0 && !socket.destroyed) {
      const n = Math.min(left, block.count);

      left -= n;
      if (!socket.write(block.first(n))) {
        socket.once('drain', send);
        return;
      }
    }
    socket.write(frame(`42${NAME_SPACE},${JSON.stringify(['done', block.total(count)])}`));
  };

  send();
}

function takePacket(socket, text) {
  if (text === '1')
    socket.end();
  else if (text.startsWith(`40${NAME_SPACE}`))
    socket.write(frame(`40${NAME_SPACE},{"sid":"a"}`));
  else if (text.startsWith(`42${NAME_SPACE},["flood"`))
    flood(socket, JSON.parse(text.slice(text.indexOf('[')))[1]);
}

// Takes the first frame, if it is there, and returns what comes after it.
function takeFrame(socket, input) {
  const opcode = input[0] & 0x0f;
  let length = input[1] & 0x7f;
  let start = 2;

  if (length === 126) {
    length = input.readUInt16BE(2);
    start = 4;
  }
  if (input.length < start + 4 + length)
    return null;

  const mask = input.subarray(start, start + 4);
  const body = Buffer.from(input.subarray(start + 4, start + 4 + length));
  body.forEach((byte, i) => { body[i] = byte ^ mask[i % 4]; });
  if (opcode === 0x8)
    socket.end(Buffer.concat([Buffer.from([0x88, body.length]), body]));
  else if (opcode === 0x1)
    takePacket(socket, body.toString());

  return input.subarray(start + 4 + length);
}

function welcome(socket, request) {
  const key = /^sec-websocket-key:\s*(\S+)/im.exec(request)[1];
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
    + `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.write(frame('0{"sid":"b","upgrades":[],"pingInterval":300000,"pingTimeout":300000,"maxPayload":100000000}'));
}

const server = createServer((socket) => {
  let input = Buffer.alloc(0);
  let open = false;

  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    input = Buffer.concat([input, data]);
    if (!open) {
      const end = input.indexOf('\r\n\r\n');

      if (end < 0)
        return;
      open = true;
      welcome(socket, input.subarray(0, end).toString('latin1'));
      input = input.subarray(end + 4);
    }
    while (input.length >= 2) {
      const rest = takeFrame(socket, input);

      if (rest === null)
        break;
      input = rest;
    }
  });
});

getBlock(120);
getBlock(8192);
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
