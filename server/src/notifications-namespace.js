// SPDX-License-Identifier: GPL-3.0-or-later
import { audience, isExtended } from './audience.js';
import { admit, answer } from './handlers.js';
import { isHeard } from './recovery.js';
import { schemas } from './schemas.js';
import { toBasicNotification } from './wire.js';

const RECENT = 50;

/** `/notifications`: what concerns one person, on all of that person's devices. */
export function openNotificationsNamespace(services) {
  const { notifications, config, limits, log, store } = services;

  admit(notifications, services);

  notifications.on('connection', async (socket) => {
    const { userId } = socket.data;
    const extended = isExtended(socket, config);
    socket.join([audience.user(userId), ...(extended ? [] : [audience.seedUser(userId)])]);

    answer(socket, 'markRead', schemas.room, async (id) => {
      limits.take('ask', userId);
      if (await store.notifications.markRead(userId, id))
        notifications.to(audience.user(userId)).emit('notification:read', id);
    }, { log });

    answer(socket, 'markAllRead', schemas.nothing, async () => {
      limits.take('ask', userId);
      const ids = await store.notifications.markAllRead(userId);
      if (ids.length === 0)
        return;
      notifications.to(audience.user(userId)).except(audience.seedUser(userId)).emit('notification:read-all');
      // Each event is kept for lost connections, whether anybody is there or not.
      if (!isHeard(notifications, audience.seedUser(userId)))
        return;
      for (const id of ids)
        notifications.to(audience.seedUser(userId)).emit('notification:read', id);
    }, { log });

    if (extended)
      await sendRecent(socket, store, log);
  });
}

async function sendRecent(socket, store, log) {
  try {
    socket.emit('notifications', await store.notifications.recent(socket.data.userId, RECENT));
  } catch (error) {
    log.error('notifications could not be read', { error: error.stack });
  }
}

/**
 * Stores a notification and shows it on the devices that are there.
 *
 * @param {{ config: object, notifications: import('socket.io').Namespace, store: object }} services
 * @returns {(fields: import('./store/notifications.js').NotificationFields) => Promise<void>}
 */
export function createNotify({ config, notifications, store }) {
  return async (fields) => {
    const notification = await store.notifications.add(fields);
    if (!notification)
      return;
    notifications.to(audience.user(fields.userId))
      .emit('notification', config.plain ? toBasicNotification(notification) : notification);
  };
}
