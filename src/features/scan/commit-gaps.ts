// Writes gaps: those of units, of accounts that could not be entered, and of the organisation.

import type { UnreadReason } from '../../domain/evidence.ts';
import type { Store } from '../../platform/store/contract.ts';
import { storableJson } from '../../platform/store/storable.ts';
import type { Discovery } from '../discovery/index.ts';
import type { UnitGap } from '../inventory/index.ts';
import { type ScanRecord, discoveryPart } from './scan-store.ts';

/** A gap as it is stored: what it belongs to is its region and collector. */
export interface GapRow {
  account: string;
  region: string;
  collector: string;
  service: string;
  action: string;
  reason: UnreadReason;
  detail: string;
}

/** Writes gaps; one that is known already stays as it is. */
export async function insertGaps(
  client: Pick<Store['pool'], 'query'>,
  scan: Pick<ScanRecord, 'id' | 'organizationId'>,
  gaps: readonly GapRow[],
): Promise<void> {
  if (gaps.length === 0) return;
  await client.query(
    `insert into gap (organization_id, scan, account, region, collector, service, action, reason, detail)
     select $1, $2, g.account, g.region, g.collector, g.service, g.action, g.reason, g.detail
       from jsonb_to_recordset($3::jsonb) as g(account text, region text, collector text, service text, action text, reason text, detail text)
     on conflict do nothing`,
    [scan.organizationId, scan.id, storableJson(gaps)],
  );
}

/** Commits what could not be read of an account before any unit: entering it, or listing its regions. */
export async function commitAccountGaps(
  store: Store,
  scan: ScanRecord,
  account: string,
  gaps: readonly UnitGap[],
): Promise<void> {
  const rows = gaps.map((gap) => ({ ...gap, account, region: 'global', collector: 'account' }));
  await insertGaps(store.pool, scan, rows);
}

/** A unit by its path and id; the root as such. */
function unitName({ organization }: Discovery, id: string): string {
  const unit = organization.units.find((one) => one.id === id);
  return unit === undefined ? `the root (${id})` : `the organisational unit ${unit.path} (${id})`;
}

/**
 * What discovery could not read, as rows: each unlisted parent has one of its own, because it lowers the coverage.
 * @param whole whether every account that the scan is about is known
 */
export function discoveryGaps(discovery: Discovery, identity: string, whole: boolean): GapRow[] {
  const collector = whole ? discoveryPart.other : discoveryPart.accounts;
  const gaps = discovery.gaps.map((gap) => ({ ...gap, region: 'global', collector }));
  const unlisted = discovery.unlisted.map(({ id, why: { $unread } }): GapRow => ({
    account: identity,
    region: 'global',
    collector: `${discoveryPart.unlisted} ${id}`,
    service: 'organizations',
    action: $unread.operation,
    reason: $unread.reason,
    detail: `What lies below ${unitName(discovery, id)} could not be listed. ${
      discovery.gaps.find((gap) => gap.action === $unread.operation && gap.reason === $unread.reason)?.detail ?? ''
    }`.trim(),
  }));
  return [...gaps, ...unlisted];
}
