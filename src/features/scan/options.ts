// What a scan is about. Two scans with equal options and identity can be one: the second goes on with the first.

import type { SimulationShape } from '../../platform/store/installation.ts';
import type { AccountSelection } from '../discovery/index.ts';

export interface ScanOptions {
  /** True when nothing was left out: only such a scan may conclude that something is gone. */
  complete: boolean;
  /** The account of the credentials. */
  identity: string;
  selection: AccountSelection;
  regions: readonly string[];
  excludeRegions: readonly string[];
  /** Ids of the checks that are judged; empty for all. */
  checks: readonly string[];
  parameters: Readonly<Record<string, Readonly<Record<string, number | string | readonly string[]>>>>;
  /** What shapes the simulated organisation, where it is one: in another shape most of its accounts would refuse. */
  simulation?: SimulationShape;
}

/** The options of a scan, with `complete` derived from what they leave out. */
export function scanOptions(options: Omit<ScanOptions, 'complete'>): ScanOptions {
  const lists = [options.regions, options.excludeRegions, options.checks, ...Object.values(options.selection)];
  const complete = lists.every((list) => list === undefined || (list as readonly string[]).length === 0);
  return { ...options, complete };
}
