// SPDX-License-Identifier: GPL-3.0-or-later
import { audience, isExtended } from './audience.js';
import { ChatError } from './errors.js';
import { admit, answer } from './handlers.js';
import { schemas } from './schemas.js';

/**
 * `/admin`: for those whom the server's own record calls admin, asked at the door, before each action and before each
 * round of statistics. Who is none any more is shown out.
 *
 * @returns {() => Promise<void>} sends the statistics to those who are here
 */
export function openAdminNamespace(services) {
  const { admin, alerts, config, limits, log, store } = services;

  admit(admin, services, (user) => {
    if (!user.isAdmin)
      throw new ChatError('forbidden', 'Only admins may come in here.');
  });

  admin.on('connection', async (socket) => {
    const on = (event, schema, handle) => answer(socket, event, schema, async (...args) => {
      limits.take('ask', socket.data.userId);
      if (!(await checkAdmin(socket, store)))
        throw new ChatError('forbidden', 'Only admins may do this.');
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
  return async () => {
    for (const socket of [...admin.sockets.values()]) {
      if (await checkAdmin(socket, store))
        sendStats(socket, services);
    }
  };
}

/** Shows out who is no admin any more. */
async function checkAdmin(socket, store) {
  const user = await store.users.byId(socket.data.userId);
  const isAdmin = user.isAdmin && !user.isDisabled;
  if (!isAdmin)
    socket.disconnect();
  return isAdmin;
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
