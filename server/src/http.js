// SPDX-License-Identifier: GPL-3.0-or-later
import { isIP } from 'node:net';
import { VERSION } from './config.js';
import { ChatError, describeError } from './errors.js';
import { LIMITS } from './protocol.js';
import { readValue, signInSchema } from './schemas.js';

const MAX_BODY_BYTES = 16 * 1024;

const STATUS = { unauthorized: 401, forbidden: 403, not_found: 404, invalid: 400, too_large: 413, rate_limited: 429 };

/**
 * What is answered beside the socket: what this server is, and signing in. A plain server has none of it.
 *
 * @returns {import('node:http').RequestListener}
 */
export function createRequestListener({ accounts, config, log }) {
  const routes = config.plain ? {} : {
    'GET /.well-known/enfilade.json': () => ({
      name: config.name, version: VERSION, signIn: ['password', 'token'], maxFileBytes: LIMITS.maxFileBytes,
    }),
    'POST /auth/login': async (request) => {
      const { username, password } = readValue(signInSchema, await readBody(request));
      return accounts.signIn(username, password, addressOf(request, config));
    },
    'POST /auth/refresh': (request) => accounts.refresh(bearerToken(request)),
  };

  return async (request, response) => {
    const path = request.url.split('?')[0];
    allowOrigin(request, response, config.corsOrigin);
    try {
      if (request.method === 'OPTIONS')
        return void response.writeHead(204).end();
      const route = routes[`${request.method} ${path}`];
      if (!route)
        throw new ChatError('not_found', 'There is nothing here.');
      send(request, response, 200, await route(request));
    } catch (error) {
      // Whoever went away in the middle of a request needs no answer.
      if (request.errored)
        return;
      if (!(error instanceof ChatError))
        log.error('request failed', { path, error: error.stack });
      const { code, retryAfterMs } = describeError(error);
      if (retryAfterMs)
        response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1000));
      send(request, response, STATUS[code] ?? 500, describeError(error));
    }
  };
}

function send(request, response, status, body) {
  if (status === STATUS.too_large) {
    response.setHeader('Connection', 'close');
    request.resume();
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function allowOrigin(request, response, origins) {
  const { origin } = request.headers;
  response.setHeader('Vary', 'Origin');
  if (!origin || !(origins.includes(origin) || origins.includes('*')))
    return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  // Who is still writing could not read the refusal if the connection were torn down at once.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new ChatError('too_large', 'The request is too large.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new ChatError('invalid', 'The request is no JSON.');
  }
}

/** Whose failures are counted together. Only what the proxy itself wrote is believed: the last one, the others can be forged. */
function addressOf({ headers, socket }, { trustProxy }) {
  const forwarded = trustProxy ? headers['x-forwarded-for']?.split(',').at(-1).trim() : undefined;
  return isIP(forwarded ?? '') ? forwarded : socket.remoteAddress;
}

function bearerToken(request) {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
