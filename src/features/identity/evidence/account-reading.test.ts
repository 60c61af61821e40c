import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { accountReadings, type AccountReading } from './account-reading.ts';
import { organizationId, plant, role } from './testing.ts';

let store: TestStore;
let readings: ReadonlyMap<string, AccountReading>;

interface History {
  readonly id: string;
  readonly name: string;
  /** Each scan with how it left the account and, where it came that far, its users and roles. */
  readonly scans: readonly (readonly [scan: string, account: string, unit?: string, gap?: string])[];
  /** Whether an earlier scan kept a role. */
  readonly kept?: boolean;
  readonly expected: Omit<AccountReading, 'account'>;
}

const read = { identities: 'read', why: '' } as const;
const histories: readonly History[] = [
  { id: '111122223333', name: 'read', scans: [['s1', 'complete', 'done']], kept: true, expected: read },
  {
    id: '222233334444',
    name: 'read, then closed to us',
    scans: [
      ['s1', 'complete', 'done'],
      ['s2', 'denied'],
    ],
    kept: true,
    expected: { identities: 'stale', why: 'access was denied' },
  },
  {
    id: '333344445555',
    name: 'closed to us, then read',
    scans: [
      ['s1', 'denied'],
      ['s2', 'complete', 'done'],
    ],
    kept: true,
    expected: read,
  },
  {
    id: '444455556666',
    name: 'read, then scanned for something else',
    scans: [
      ['s1', 'complete', 'done'],
      ['s2', 'complete'],
    ],
    kept: true,
    expected: read,
  },
  {
    id: '555566667777',
    name: 'read, then refused by IAM',
    scans: [
      ['s1', 'complete', 'done', 'throttled'],
      ['s2', 'partial', 'incomplete', 'denied'],
    ],
    kept: true,
    expected: { identities: 'stale', why: 'reading its IAM was denied' },
  },
  {
    id: '666677778888',
    name: 'refused by IAM',
    scans: [['s1', 'partial', 'incomplete']],
    expected: { identities: 'unread', why: 'its IAM was not read' },
  },
  {
    id: '777788889999',
    name: 'never scanned',
    scans: [],
    expected: { identities: 'unread', why: 'it was never scanned' },
  },
];

beforeAll(async () => {
  store = await testStore();
  await plant(store, {
    accounts: histories.map(({ id }) => ({ id })),
    resources: histories.flatMap(({ id, kept }) => (kept === true ? [role(id, 'app')] : [])),
  });
  await store.pool.query('delete from scan_account');
  await store.pool.query('delete from unit');
  for (const { id, scans } of histories) for (const one of scans) await leave(id, ...one);
  readings = await accountReadings(store, organizationId);
});
afterAll(async () => await store.close());

async function leave(account: string, scan: string, status: string, unit?: string, gap?: string): Promise<void> {
  const { pool } = store;
  await pool.query('insert into scan_account (organization_id, scan, account, status) values ($1, $2, $3, $4)', [
    organizationId,
    scan,
    account,
    status,
  ]);
  const of = [organizationId, scan, account, 'iam/authorization-details'];
  if (unit !== undefined) {
    const columns = 'organization_id, scan, account, collector, region, status';
    await pool.query(`insert into unit (${columns}) values ($1, $2, $3, $4, 'global', $5)`, [...of, unit]);
  }
  if (gap !== undefined) {
    const columns = 'organization_id, scan, account, collector, region, service, action, reason, detail';
    const values = `$1, $2, $3, $4, 'global', 'iam', 'iam:GetAccountAuthorizationDetails', $5, ''`;
    await pool.query(`insert into gap (${columns}) values (${values})`, [...of, gap]);
  }
}

test.each(histories)('$name', ({ id, expected }) => {
  expect(readings.get(id)).toEqual({ account: id, ...expected });
});
