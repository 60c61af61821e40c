// For the tests of this folder: a scan in the store, and results of units.

import type { Account } from '../../domain/account.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { UnitResult } from '../inventory/index.ts';
import { scanOptions } from './options.ts';
import { type ScanRecord, claimAccount, createScan } from './scan-store.ts';

export const organization = 'o-exampleorgid';
export const account = '111122223333';
export const time = (day: number, hour = 10): string => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

export const options = (changes: Partial<Parameters<typeof scanOptions>[0]> = {}) =>
  scanOptions({
    identity: account,
    selection: {},
    regions: [],
    excludeRegions: [],
    checks: [],
    parameters: {},
    ...changes,
  });

export async function beginScan(
  store: Store,
  day: number,
  changes: { ids?: readonly string[]; options?: ScanRecord['options']; catalogueVersion?: string } = {},
): Promise<ScanRecord> {
  const accounts = (changes.ids ?? [account]).map((id) => ({ id, status: 'ACTIVE' })) as unknown as readonly Account[];
  return await createScan(store, {
    organizationId: organization,
    options: changes.options ?? options(),
    accounts,
    at: time(day),
    simulated: false,
    catalogueVersion: changes.catalogueVersion ?? 'c1',
    programVersion: '0.0.0',
  });
}

/** A scan that has taken the account. */
export async function claimed(store: Store, day: number, id = account): Promise<{ scan: ScanRecord; fence: number }> {
  const scan = await beginScan(store, day, { ids: [id] });
  const claim = await claimAccount(store, scan, id, time(day));
  return { scan, fence: claim?.fence ?? 0 };
}

export function bucket(name: string, day: number, changes: Partial<AnyResource> = {}): AnyResource {
  return {
    type: 'AWS::S3::Bucket',
    arn: `arn:aws:s3:::${name}`,
    account,
    region: 'eu-west-1',
    name,
    tags: {},
    config: { versioning: 'Enabled' },
    collectedAt: time(day),
    ...changes,
  } as unknown as AnyResource;
}

/** A complete result of `s3/bucket`, a global collector, unless told otherwise. */
export function result(
  resources: readonly AnyResource[],
  changes: Partial<UnitResult> & { region?: string; id?: string; types?: readonly string[] } = {},
): UnitResult {
  const { region = 'global', id = 's3/bucket', types = ['AWS::S3::Bucket'], ...rest } = changes;
  const scope = region === 'global' ? 'global' : 'regional';
  const collector = { id, collector: { scope, types, operations: ['s3:ListBuckets'], events: [] } };
  return { unit: { region, collector }, resources, gaps: [], complete: true, ...rest } as unknown as UnitResult;
}

/** Rows of one column, as text. */
export async function column(store: Store, query: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const { rows } = await store.pool.query<Record<string, unknown>>(query, [...values]);
  return rows.map((row) => Object.values(row)[0]);
}
