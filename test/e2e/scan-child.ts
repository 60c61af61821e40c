// A process that scans the simulated organisation and may kill itself on the way, for the tests of resuming.
// Started as `node scan-child.ts <settings as JSON>`; it ends with code 0 when the scan ended.

import { openSync, writeSync } from 'node:fs';
import { Client } from 'pg';
import { z } from 'zod';
import { storeOver } from '../../src/platform/store/open.ts';
import { openScene, scan } from './harness.ts';

const settings = z
  .object({
    /** How to connect to the database. */
    connection: z.record(z.string(), z.unknown()),
    accounts: z.number(),
    atOnce: z.object({ accounts: z.number(), regions: z.number() }),
    /** Takes a line for every call, and at the end the number of events. */
    log: z.string(),
    /** The event (a call that was answered, a query that was sent) after which this process is killed. */
    killAt: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const log = openSync(settings.log, 'a');
let events = 0;

function happened(): void {
  events += 1;
  if (events === settings.killAt) process.kill(process.pid, 'SIGKILL');
}

const { query } = Client.prototype;
Client.prototype.query = function counted(this: Client, ...given: unknown[]) {
  const sent: unknown = (query as (...all: unknown[]) => unknown).apply(this, given);
  happened();
  return sent;
} as typeof query;

const store = await storeOver({ ...settings.connection, max: 6 }, 'embedded', 'the database of the test');
const scene = await openScene({
  accounts: settings.accounts,
  onCall: (call) => {
    writeSync(log, `${call.account} ${call.region} ${call.service}:${call.operation}\n`);
    happened();
  },
});
await scan(scene, store, { accountsAtOnce: settings.atOnce.accounts, regionsAtOnce: settings.atOnce.regions });
await scene.aws.close();
await store.close();
writeSync(log, `events ${events}\n`);
