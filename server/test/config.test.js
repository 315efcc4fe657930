// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { findCommand } from '../src/commands.js';
import { UsageError, readConfiguration } from '../src/config.js';

test('without a word the server is for this machine only', () => {
  const { config, words, flags } = readConfiguration([], {});
  assert.deepEqual([config.host, config.port, config.demo, config.plain], ['127.0.0.1', 3001, false, false]);
  assert.deepEqual(config.corsOrigin, []);
  assert.equal(config.trustProxy, false);
  assert.deepEqual(words, []);
  assert.deepEqual(flags, { help: false, version: false, admin: false, private: false, for: undefined });
});

test('each option is an environment variable, too, and the command line wins', () => {
  const environment = {
    ENFILADE_PORT: '4000', ENFILADE_HOST: '', ENFILADE_DEMO: '1', ENFILADE_PLAIN: 'no',
    ENFILADE_CORS_ORIGIN: 'https://a, https://b',
  };
  const { config } = readConfiguration(['--port', '5000', '--token-lifetime=60'], environment);
  assert.deepEqual([config.port, config.host, config.demo, config.plain], [5000, '127.0.0.1', true, false]);
  assert.deepEqual([config.tokenLifetime, config.corsOrigin], [60, ['https://a', 'https://b']]);
  const named = readConfiguration(['--cors-origin', 'https://a', '--cors-origin', 'https://b'], {});
  assert.deepEqual(named.config.corsOrigin, ['https://a', 'https://b']);
});

test('options and commands that cannot be followed are named', () => {
  const wrong = [
    [['--port', 'many'], /--port.*“many”/],
    [['--port', '70000'], /--port.*“70000”/],
    [['--port', '1.5'], /--port/],
    [['--port'], /--port/],
    [['--colour'], /--colour/],
    [['--demo=yes'], /--demo/],
    [['--log-level', 'loud'], /“loud”/],
    [['dance'], /“dance”/],
    [['user'], /“user”/],
    [['user', 'add'], /one name/],
    [['user', 'add', 'a', 'b'], /one name/],
    [['user', 'list', 'a'], /nothing more/],
  ];
  for (const [args, reason] of wrong) {
    assert.throws(() => findCommand(readConfiguration(args, {}).words), (error) => {
      assert.ok(error instanceof UsageError, `${args}: ${error}`);
      assert.match(error.message, reason);
      assert.ok(!error.message.includes('\n'));
      return true;
    });
  }
  assert.throws(() => readConfiguration([], { ENFILADE_PORT: 'many' }), UsageError);
});
