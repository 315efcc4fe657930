// SPDX-License-Identifier: GPL-3.0-or-later
import { randomUUID } from 'node:crypto';

/**
 * The protocol's SystemAlert.
 *
 * @typedef {{ id: string, severity: 'low'|'medium'|'high'|'critical', message: string, timestamp: number }} SystemAlert
 */

export class Alerts {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /** @returns {Promise<SystemAlert|undefined>} undefined when an alert of this cause is open already */
  raise({ cause, severity, message }) {
    return this.#db.transaction().execute(async (tx) => {
      const open = await tx.selectFrom('alerts').select('id')
        .where('cause', '=', cause).where('clearedAt', 'is', null).executeTakeFirst();
      if (open)
        return undefined;
      const alert = { id: randomUUID(), severity, message, timestamp: Date.now() };
      await tx.insertInto('alerts').values({ ...alert, cause }).execute();
      return alert;
    });
  }

  /** @returns {Promise<SystemAlert[]>} those that nobody has cleared, newest first */
  open() {
    return this.#db.selectFrom('alerts').select(['id', 'severity', 'message', 'timestamp'])
      .where('clearedAt', 'is', null).orderBy('timestamp', 'desc').execute();
  }

  /** @returns {Promise<boolean>} whether it was open */
  async clear(id, clearedBy) {
    const updated = await this.#db.updateTable('alerts').set({ clearedAt: Date.now(), clearedBy })
      .where('id', '=', id).where('clearedAt', 'is', null).executeTakeFirst();
    return Number(updated.numUpdatedRows) === 1;
  }
}
