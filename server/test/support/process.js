// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/enfilade-server.js', import.meta.url));

function start(args, { environment = {}, input = '' } = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { PATH: process.env.PATH, ...environment } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => { output[name] += text; });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = once(child, 'close').then(([status, signal]) => ({ status, signal, ...output }));
  return { child, output, ended };
}

/** Runs the program to its end. */
export function run(args, options) {
  return start(args, options).ended;
}

/**
 * Starts the program as a server in a process of its own.
 *
 * @returns {Promise<{ url: string, output: { stdout: string, stderr: string }, stop: (signal: string) => Promise<object> }>}
 */
export async function startProcess(t, args, options) {
  const { child, output, ended } = start(['--port', '0', ...args], options);
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const ready = /^Enfilade server listening on (\S+)\n/;
  while (!ready.test(output.stdout)) {
    const result = await Promise.race([once(child.stdout, 'data'), ended]);
    if (result.stderr !== undefined)
      throw new Error(`The server ended: ${result.stderr}`);
  }
  const stop = (signal) => {
    child.kill(signal);
    return ended;
  };
  return { url: ready.exec(output.stdout)[1], output, stop };
}
