// SPDX-License-Identifier: GPL-3.0-or-later
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { Accounts } from './accounts.js';
import { openAdminNamespace } from './admin-namespace.js';
import { AlertMonitor } from './alerts.js';
import { audience } from './audience.js';
import { openChatNamespace } from './chat-namespace.js';
import { createRequestListener } from './http.js';
import { createNotify, openNotificationsNamespace } from './notifications-namespace.js';
import { Presence } from './presence.js';
import { RateLimits } from './rate-limits.js';
import { recoverOnce } from './recovery.js';
import { Stats } from './stats.js';
import { Tokens, loadKey } from './tokens.js';

const MAX_PAYLOAD_BYTES = 1_000_000;
const PRESENCE_GRACE_MS = 2000;
const HANG_UP_MS = 500;
const ROUND_MS = 2000;

/**
 * Starts listening.
 *
 * @param {Record<string, any>} config as readConfiguration() gives it; rateLimits, presenceGraceMs and
 *   roundMs are for tests
 * @param {{ log: object, store: import('./store/store.js').Store }} parts the store stays the caller's
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startServer(config, { log, store }) {
  const tokens = new Tokens(loadKey(config.data), config.tokenLifetime);
  const limits = new RateLimits(config.rateLimits);
  const alerts = new AlertMonitor({ config, store, log });
  const accounts = new Accounts({ users: store.users, tokens, limits, alerts });
  const http = createServer(createRequestListener({ accounts, config, log }));
  const io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_PAYLOAD_BYTES,
    pingInterval: config.pingInterval,
    pingTimeout: config.pingTimeout,
    cors: corsOptions(config.corsOrigin),
    // The middlewares run for a recovered connection too: a token that became void in between opens nothing.
    connectionStateRecovery: config.recoveryWindow > 0
      ? { maxDisconnectionDuration: config.recoveryWindow * 1000, skipMiddlewares: false }
      : undefined,
  });

  const [chat, notifications, admin] = ['/chat', '/notifications', '/admin'].map((name) => io.of(name));
  if (config.recoveryWindow > 0)
    [chat, notifications, admin].forEach(recoverOnce);
  const presence = new Presence({ chat, store, log, graceMs: config.presenceGraceMs ?? PRESENCE_GRACE_MS });
  const stats = new Stats({ io, presence });
  const notify = createNotify({ config, notifications, store });
  const namespaces = { chat, notifications, admin };
  const services = { ...namespaces, config, log, store, accounts, limits, alerts, presence, stats, notify };
  openChatNamespace(services);
  openNotificationsNamespace(services);
  const sendStats = openAdminNamespace(services);
  const rounds = setInterval(async () => {
    try {
      alerts.check(stats.measure());
      await showOutDisabled(services);
      await sendStats();
    } catch (error) {
      log.error('a round failed', { error: error.stack });
    }
  }, config.roundMs ?? ROUND_MS);

  const close = async () => {
    clearInterval(rounds);
    // Closing the sockets ends their long polls as well; who does not hang up then is cut off.
    const timer = setTimeout(() => http.closeAllConnections(), HANG_UP_MS);
    await new Promise((resolve) => {
      io.close(resolve);
      http.closeIdleConnections();
    });
    clearTimeout(timer);
    presence.stop();
    stats.stop();
  };
  try {
    await listen(http, config);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://${urlHost(config.host)}:${http.address().port}`, close };
}

/** In a list Socket.IO takes each entry for an origin, the star too. */
function corsOptions(origins) {
  if (origins.length === 0)
    return undefined;
  return { origin: origins.includes('*') ? '*' : origins };
}

/** Whom an operator disabled is not only kept from coming back. */
async function showOutDisabled({ chat, notifications, store }) {
  for (const userId of await store.users.disabledIds()) {
    for (const namespace of [chat, notifications])
      namespace.in(audience.user(userId)).disconnectSockets();
  }
}

function listen(http, { host, port }) {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

function urlHost(host) {
  return host.includes(':') ? `[${host}]` : host;
}
