// The regions of an account that are read.

import { isUnread } from '../../domain/evidence.ts';
import type { AccountAccess } from '../../platform/aws/contract.ts';
import { knownRegions } from '../../platform/aws/partitions.ts';
import { enabledRegions, regionOperations, selectRegions } from '../../platform/aws/regions.ts';
import type { RegionsResult } from './process-account.ts';

/** The enabled regions of an account, as selected. Never throws but for an aborted signal. */
export async function regionsOf(
  access: AccountAccess,
  { regions, excludeRegions }: { regions: readonly string[]; excludeRegions: readonly string[] },
  signal: AbortSignal,
): Promise<RegionsResult> {
  const enabled = await enabledRegions(access, signal);
  const selection = { regions, excludeRegions };
  if (!isUnread(enabled)) return { regions: selectRegions(enabled, selection), gaps: [] };
  // Which regions are enabled is not known: all are tried, so that none is left out unseen.
  const gap = {
    service: 'account',
    action: regionOperations[0],
    reason: enabled.$unread.reason,
    detail: 'Which regions are enabled could not be read; all regions of the partition were tried.',
  };
  return { regions: selectRegions(knownRegions(access.partition), selection), gaps: [gap] };
}
