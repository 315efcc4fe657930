#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
import { main } from '../src/main.js';

process.exitCode = await main(process.argv.slice(2), process.env);
