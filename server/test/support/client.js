// SPDX-License-Identifier: GPL-3.0-or-later
import { Manager } from 'socket.io-client';

const PATIENCE_MS = 10_000;

/** The official client with one connection, and what tests wait for. */
export class Client {
  #sockets = new Map();

  /** @param {string} url @param {{ token?: string, protocol?: number|null } & Record<string, any>} options */
  constructor(url, { token, protocol = 1, ...options } = {}) {
    this.auth = { token, ...(protocol === null ? {} : { protocol }) };
    this.manager = new Manager(url, { autoConnect: false, reconnection: false, transports: ['websocket'], ...options });
  }

  /** The socket of a namespace; what came on it is kept in `received`. */
  socket(namespace) {
    let socket = this.#sockets.get(namespace);
    if (!socket) {
      socket = this.manager.socket(namespace, { auth: (provide) => provide(this.auth) });
      extend(socket);
      this.#sockets.set(namespace, socket);
    }
    return socket;
  }

  close() {
    for (const socket of this.#sockets.values())
      socket.disconnect();
    this.manager._close();
  }
}

function extend(socket) {
  socket.received = [];
  socket.onAny((event, ...args) => socket.received.push([event, ...args]));
  /** Connects, or throws what refused it. */
  socket.opened = () => new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
    socket.connect();
  });
  /** The arguments of the next event of this name that fits. */
  socket.next = (event, fits = () => true) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.off(event, listen);
      reject(new Error(`${event} did not come`));
    }, PATIENCE_MS);
    const listen = (...args) => {
      if (!fits(...args))
        return;
      clearTimeout(timer);
      socket.off(event, listen);
      resolve(args);
    };
    socket.on(event, listen);
  });
  /** Asks and gives the answer. */
  socket.ask = (event, ...args) => socket.timeout(PATIENCE_MS).emitWithAck(event, ...args);
  /** All that came under this name, the arguments of each. */
  socket.all = (event) => socket.received.filter(([name]) => name === event).map(([, ...args]) => args);
}
