// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official client: client.js SCENARIO URL COUNT. See README.md for the scenarios and for what is printed.

import { readFileSync } from 'node:fs';
import { io } from 'socket.io-client';

const [scenario, url, countText] = process.argv.slice(2);
const count = Number(countText);
const CONTENT = 'The doors stand in one line, and from the first room one sees the last. “Shall we meet there at four?” \\ déjà vu';

const cpu = () => { const usage = process.resourceUsage(); return (usage.userCPUTime + usage.systemCPUTime) / 1e6; };
const residentKib = () => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]);

let startTime, startCpu;

function begin() {
  startCpu = cpu();
  startTime = performance.now();
}

function report(more = {}, latencies = []) {
  const result = { scenario, count, wall: (performance.now() - startTime) / 1e3, cpu: cpu() - startCpu, ...more };

  latencies.sort((a, b) => a - b);
  if (latencies.length > 0)
    result.p50 = latencies[latencies.length >> 1] / 1e3;
  console.log(JSON.stringify(result));
}

function check(condition, what) {
  if (!condition)
    throw new Error(what);
}

function open() {
  const socket = io(`${url}/chat`, { forceNew: true, reconnection: false, transports: ['websocket'] });

  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

const makeMessage = (index) => ({
  id: `m${index}`, content: CONTENT, senderId: 'u-1024', roomId: 'general', timestamp: 1795444273930 + index,
});

// The most work between two ticks of a timer that is to tick each millisecond; that of other threads is none of the main loop's.
function watchStall() {
  const stall = { longest: 0 };
  let last = performance.now(), lastCpu = cpu();

  setInterval(() => {
    const now = performance.now(), nowCpu = cpu();

    stall.longest = Math.max(stall.longest, Math.min(now - last, (nowCpu - lastCpu) * 1e3));
    last = now;
    lastCpu = nowCpu;
  }, 1).unref();

  return stall;
}

async function receive(size, more = () => ({})) {
  const socket = await open();
  let events = 0, units = 0;

  socket.on('message', (message) => {
    events++;
    units += message.content.length;
  });
  begin();
  socket.emit('flood', { count, size });
  const done = await new Promise((resolve) => socket.once('done', resolve));
  check(done.count === events && done.units === units, 'Something is missing');
  report(more());
}

const scenarios = {
  receive: () => receive(120),
  'receive-large': () => receive(8192),

  stall() {
    const stall = watchStall();

    return receive(120, () => ({ stall: stall.longest }));
  },

  async emit() {
    const socket = await open();

    begin();
    for (let i = 0; i < count; i++)
      socket.emit('note', makeMessage(i));
    check(await socket.emitWithAck('getCount') === count, 'The server has not got all');
    report();
  },

  async call() {
    const socket = await open();
    const latencies = [];

    begin();
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      const answer = await socket.emitWithAck('echo', makeMessage(i));

      latencies.push(performance.now() - start);
      check(answer.id === `m${i}`, 'A wrong answer');
    }
    report({}, latencies);
  },

  async binary() {
    const socket = await open();
    const bytes = Buffer.alloc(1 << 20, 0x5a);

    begin();
    for (let i = 0; i < count; i++) {
      bytes.writeUInt32LE(i, 0);
      const answer = await socket.emitWithAck('echo', bytes);

      check(answer.length === bytes.length && answer.readUInt32LE(0) === i && answer.at(-1) === 0x5a, 'Wrong bytes');
    }
    report();
  },

  async connect() {
    begin();
    for (let i = 0; i < count; i++)
      (await open()).disconnect();
    report();
  },

  async memory() {
    const before = residentKib();

    begin();
    const sockets = await Promise.all(Array.from({ length: count }, open));
    check(sockets.every((socket) => socket.connected), 'Not all are connected');
    report({ memory: (residentKib() - before) / count });
  },
};

await scenarios[scenario]();
process.exit(0);
