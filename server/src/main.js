// SPDX-License-Identifier: GPL-3.0-or-later
import { findCommand } from './commands.js';
import { UsageError, VERSION, describeOptions, readConfiguration } from './config.js';
import { furnish } from './demonstration/demonstration.js';
import { ChatError } from './errors.js';
import { createLog } from './log.js';
import { startServer } from './server.js';
import { openStore } from './store/store.js';

const HELP = `Usage: enfilade-server [OPTION…]                  start the server
       enfilade-server [OPTION…] COMMAND NAME     do one thing and end

Options, each also an environment variable (--log-level is ENFILADE_LOG_LEVEL):
${describeOptions()}
  --help, --version

Commands:
  user add NAME [--admin]           let someone sign in; the password is read from ENFILADE_PASSWORD or standard input
  user password NAME                set a new password; all tokens of that person become void
  user list                         who can sign in
  user promote NAME, user demote NAME
  user enable NAME, user disable NAME
  room add NAME [--private] [--for PERSON]
                                    make a room, with someone in it, and print its id; a private one needs someone
  token NAME                        print a token for a script`;

const FORCED_EXIT_MS = 5000;

/**
 * The whole program.
 *
 * @param {string[]} args
 * @param {Record<string, string|undefined>} environment
 * @returns {Promise<number>} the exit status
 */
export async function main(args, environment) {
  try {
    const { config, words, flags } = readConfiguration(args, environment);
    if (flags.help || flags.version) {
      console.log(flags.help ? HELP : VERSION);
      return 0;
    }
    const command = findCommand(words);
    if (config.demo && !command)
      await furnish(config.data);
    const store = await openStore(config.data);
    try {
      if (!command)
        return await serve(config, store);
      const lines = await command.run(command.names, { store, config, flags, environment });
      lines.forEach((line) => console.log(line));
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    console.error(`enfilade-server: ${explain(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function serve(config, store) {
  const log = createLog(config.logLevel);
  if ((await store.users.all()).length === 0) {
    const command = `enfilade-server --data '${config.data}' user add NAME --admin`;
    log.warning(`nobody can sign in yet; make the first admin with: ${command}`);
  }
  const server = await startServer(config, { log, store });
  console.log(`Enfilade server listening on ${server.url}`);
  log.info('stopping', { signal: await stopSignal() });
  // A client that does not let go must not keep the server from ending.
  setTimeout(() => process.exit(1), FORCED_EXIT_MS).unref();
  await server.close();
  return 0;
}

function stopSignal() {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

function explain(error) {
  if (error instanceof UsageError || error instanceof ChatError)
    return error.message;
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port} on ${error.address} is taken. Choose another one with --port.`;
  if (error.code === 'EACCES' && error.syscall === 'listen')
    return `Port ${error.port} may not be listened on by this user.`;
  return error.message;
}
