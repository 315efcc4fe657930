// SPDX-License-Identifier: GPL-3.0-or-later
/** The version of our extensions; a client that knows them says it when it connects. */
export const PROTOCOL = 1;

/** What this server does of what the protocol lets a server choose. */
export const FEATURES = ['rooms', 'history', 'delivery', 'presence', 'read', 'replies', 'edit', 'search', 'invites'];

/** Lengths are in Unicode code points. No files: their size is zero. */
export const LIMITS = { maxContentLength: 4000, maxFileBytes: 0 };
