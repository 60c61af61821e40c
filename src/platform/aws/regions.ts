// Which regions an account has enabled, and which of them the user wants.

import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type Partition, partitions } from '../../domain/arn.ts';
import { UsageError } from '../../domain/errors.ts';
import { type Evidence, unread } from '../../domain/evidence.ts';
import { nearestName } from '../terminal/nearest.ts';
import { classifyError } from './classify-error.ts';
import type { AccountAccess } from './contract.ts';
import { isCredentialsError } from './explain-credentials.ts';
import { homeRegion, isOptInRegion, knownRegions, partitionOfRegion } from './partitions.ts';

/** What finding the regions may call. The read role is generated from these. */
export const regionOperations = ['account:ListRegions', 'ec2:DescribeRegions'] as const;

/**
 * The regions that an account has enabled, sorted.
 *
 * Account Management is asked first: region-deny policies of the organisation usually leave it open. EC2 is asked where
 * it refuses or does not exist; there a region counts when it needs no opt-in or is opted in.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
 * @returns the region codes, or the reason of the second refusal
 */
export async function enabledRegions(
  access: AccountAccess,
  signal?: AbortSignal,
): Promise<Evidence<readonly string[]>> {
  const request = { region: homeRegion(access.partition), purpose: 'read', operations: regionOperations } as const;
  const send = signal === undefined ? {} : { abortSignal: signal };
  try {
    const regions: string[] = [];
    const client = access.client(AccountClient, request);
    const pages = paginateListRegions(
      { client },
      { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'], MaxResults: 50 },
      send,
    );
    for await (const page of pages) {
      for (const region of page.Regions ?? []) if (region.RegionName !== undefined) regions.push(region.RegionName);
    }
    if (regions.length > 0) return ofPartition(regions, access.partition);
  } catch (error) {
    signal?.throwIfAborted();
    if (isCredentialsError(error)) throw error;
  }
  try {
    const client = access.client(EC2Client, request);
    const { Regions = [] } = await client.send(new DescribeRegionsCommand({ AllRegions: false }), send);
    return ofPartition(
      Regions.flatMap((region) => region.RegionName ?? []),
      access.partition,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isCredentialsError(error)) throw error;
    const reason = classifyError(error).class;
    return unread('ec2:DescribeRegions', reason === 'absent' ? 'failed' : reason);
  }
}

/** An account has regions of its own partition alone; emulators list them all. */
function ofPartition(regions: readonly string[], partition: Partition): readonly string[] {
  return regions.filter((region) => partitionOfRegion(region) === partition).sort();
}

export interface RegionSelection {
  /** Only these; empty for all. */
  regions: readonly string[];
  excludeRegions: readonly string[];
}

/**
 * Refuses names of regions that do not exist, with the nearest that does.
 * A name that is well formed but newer than this version passes: the account's own list decides.
 * @throws UsageError
 */
export function checkRegionNames(selection: RegionSelection, only = '--regions'): void {
  const known = partitions.flatMap((partition) => knownRegions(partition));
  for (const [flag, names] of [
    [only, selection.regions],
    ['--exclude-regions', selection.excludeRegions],
  ] as const) {
    for (const name of names) {
      if (known.includes(name)) continue;
      const nearest = nearestName(name, known);
      if (nearest === undefined && /^[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d$/.test(name)) continue;
      const hint = nearest === undefined ? 'Region codes look like eu-west-1.' : `Did you mean "${nearest}"?`;
      throw new UsageError(`${flag}: there is no region "${name.slice(0, 50)}".`, { hint });
    }
  }
}

/** The enabled regions that were selected, in the order given. */
export function selectRegions(enabled: readonly string[], selection: RegionSelection): readonly string[] {
  const wanted = new Set(selection.regions);
  const unwanted = new Set(selection.excludeRegions);
  return enabled.filter((region) => (wanted.size === 0 || wanted.has(region)) && !unwanted.has(region));
}

/** The regions that are enabled in every account, for an account that does not tell which it has. */
export function defaultRegions(partition: Partition): readonly string[] {
  return knownRegions(partition).filter((region) => !isOptInRegion(region));
}
