#!/usr/bin/env -S node --max-semi-space-size=24 --heap-growing-percent=50
// The start: what must be said or done before anything large is loaded.
// The two flags of V8 keep the heap near what lives in it: docs/decisions/0003-memory.md.

import module from 'node:module';
import { homedir } from 'node:os';
import { compileCacheDir } from '../../platform/config/folders.ts';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `error: Vedette needs Node 22.18 or newer; this is ${process.version}.\n   do: In a checkout, "npm ci" brings Node 24: start with "npm start" or "npm run -s vedette -- <command>".\n`,
  );
  process.exit(2);
}

// Compiled code is kept for the next start, in a folder of the user's own: whoever may write there could change the
// program. Where there is no place for it, nothing is kept.
module.enableCompileCache(compileCacheDir({ env: process.env, platform: process.platform, home: homedir() }));
await import('./cli.ts');
