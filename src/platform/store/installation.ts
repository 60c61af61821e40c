// The installation's own facts: made once with the store, never changed.

import { createHmac } from 'node:crypto';
import { VedetteError } from '../../domain/errors.ts';
import type { Store } from './contract.ts';

async function metaValue(store: Store, key: string): Promise<string> {
  const { rows } = await store.pool.query<{ value: string }>('select value from meta where key = $1', [key]);
  const value = rows[0]?.value;
  if (value === undefined) {
    throw new VedetteError('store-foreign', `The store has no "${key}": it was not made by Vedette, or is damaged.`, {
      hint: 'Run "vedette doctor".',
    });
  }
  return value;
}

/** The key of fingerprints and external ids, hexadecimal. It never leaves the installation. */
export async function installationSecret(store: Store): Promise<string> {
  return await metaValue(store, 'installation_secret');
}

/**
 * The external id of an account: random for each installation, because its key is, and different in each account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function externalIdOf(secret: string, account: string): string {
  return `vedette-${createHmac('sha256', Buffer.from(secret, 'hex')).update(`external-id ${account}`).digest('hex').slice(0, 40)}`;
}

/** What shapes a simulated organisation: the same shape gives the same organisation. */
export interface SimulationShape {
  accounts: number;
  seed: string;
}

const simulationKey = 'simulation';
const firstShape: SimulationShape = { accounts: 60, seed: 'vedette' };

/**
 * The simulated organisation that this store holds: the chosen one, which is kept, or the one that was chosen last. Whoever
 * looked again at another one would take everything in the store for gone.
 */
export async function simulationShape(store: Store, chosen: SimulationShape | undefined): Promise<SimulationShape> {
  if (chosen !== undefined) {
    const shape = JSON.stringify({ accounts: chosen.accounts, seed: chosen.seed });
    await store.pool.query(
      'insert into meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
      [simulationKey, shape],
    );
    return chosen;
  }
  const { rows } = await store.pool.query<{ value: string }>('select value from meta where key = $1', [simulationKey]);
  return rows[0] === undefined ? firstShape : (JSON.parse(rows[0].value) as SimulationShape);
}
