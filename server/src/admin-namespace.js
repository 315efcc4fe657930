// SPDX-License-Identifier: GPL-3.0-or-later
import { audience, isExtended } from './audience.js';
import { ChatError } from './errors.js';
import { admit, answer } from './handlers.js';
import { schemas } from './schemas.js';

export const STATS_EVERY_MS = 2000;

/**
 * `/admin`: for those whom the server's own record calls admin, asked at the door, before each action and before each
 * round of statistics. Who is none any more is shown out.
 *
 * @returns {() => void} ends the rounds
 */
export function openAdminNamespace(services) {
  const { admin, accounts, alerts, config, limits, log, stats, store } = services;

  admit(admin, log, async (socket) => {
    const user = await accounts.byToken(socket.handshake.auth.token);
    if (!user.isAdmin)
      throw new ChatError('forbidden', 'Only admins may come in here.');
    socket.data = { userId: user.id, username: user.username };
  });

  admin.on('connection', async (socket) => {
    const on = (event, schema, handle) => answer(socket, event, schema, async (...args) => {
      limits.take('ask', socket.data.userId);
      await requireAdmin(socket, store);
      return handle(...args);
    }, { log });
    on('requestStats', schemas.nothing, () => sendStats(socket, services));
    on('clearAlert', schemas.room, (alertId) => clearAlert(socket, services, alertId));

    const extended = isExtended(socket, config);
    socket.join([audience.admins, ...(extended ? [audience.extended] : [])]);
    if (extended)
      await sendAlerts(socket, store, log);
  });

  alerts.on('alert', (alert) => admin.to(audience.admins).emit('alert', alert));
  const timer = setInterval(async () => {
    alerts.check(stats.measure());
    for (const socket of admin.sockets.values())
      await requireAdmin(socket, store).then(() => sendStats(socket, services), () => {});
  }, STATS_EVERY_MS);
  return () => clearInterval(timer);
}

async function requireAdmin(socket, store) {
  const user = await store.users.byId(socket.data.userId);
  if (user?.isAdmin && !user.isDisabled)
    return;
  socket.disconnect();
  throw new ChatError('forbidden', 'Only admins may do this.');
}

function sendStats(socket, { config, stats }) {
  socket.emit('stats', stats.snapshot({ basic: !isExtended(socket, config) }));
}

async function sendAlerts(socket, store, log) {
  try {
    socket.emit('alerts', await store.alerts.open());
  } catch (error) {
    log.error('alerts could not be read', { error: error.stack });
  }
}

async function clearAlert(socket, { admin, log, store }, alertId) {
  const { username } = socket.data;
  if (!(await store.alerts.clear(alertId, username)))
    throw new ChatError('not_found', 'This alert is not open.');
  log.info('alert cleared', { alert: alertId, by: username });
  admin.to(audience.extended).emit('alert:cleared', { alertId, by: username });
}
