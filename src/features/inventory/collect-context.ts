// What a collector is given of the outside, and what its failures become: gaps.

import type { Partition } from '../../domain/arn.ts';
import type { SecretMatch } from '../../domain/secret.ts';
import type { AccountAccess, ClassifiedError, SdkClientClass } from '../../platform/aws/contract.ts';
import { originOf } from '../../platform/aws/error-origin.ts';
import { readEvidence } from '../../platform/aws/read-evidence.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { CollectContext } from './contract.ts';
import type { Unit, UnitGap } from './unit.ts';

export interface CollectDependencies {
  access: AccountAccess;
  /** Where services without a region are called, by partition. */
  homeRegion: (partition: Partition) => string;
  classify: (error: unknown) => ClassifiedError;
  findSecrets: (text: string, location: string) => readonly SecretMatch[];
  clock: Clock;
  /** Milliseconds that one unit may take. */
  unitTimeoutMs: number;
  /** Resources that are held before a unit with a cursor hands over a part of its result. */
  pageSize: number;
}

/** A closed region stops its batch: this many services refused by a service control policy prove it. */
export const scpDetail = 'service control policy';

/** The context of a unit. Parts that cannot be read are added to `gaps`. */
export function contextOf(
  unit: Unit,
  dependencies: CollectDependencies,
  signal: AbortSignal,
  cursor: string | undefined,
  gaps: UnitGap[],
): CollectContext {
  const { access, clock } = dependencies;
  const { operations } = unit.collector.collector;
  const region = unit.region === 'global' ? dependencies.homeRegion(access.partition) : unit.region;
  return {
    account: access.account,
    partition: access.partition,
    region,
    now: () => clock.now().toISOString(),
    signal,
    cursor,
    client: <C>(Client: SdkClientClass<C>, at?: string): C =>
      access.client(Client, { region: at ?? region, purpose: 'read', operations }),
    read: (operation, get, absent) =>
      readEvidence(operation, get, {
        classify: dependencies.classify,
        onGap: (gap) =>
          addGap(gaps, {
            service: serviceOf(gap.operation),
            action: gap.operation,
            reason: gap.reason,
            detail: gap.detail,
          }),
        ...(absent === undefined ? {} : { absent }),
        signal,
      }),
    findSecrets: dependencies.findSecrets,
  };
}

const serviceOf = (operation: string): string => operation.split(':')[0] ?? '';

/** One gap per operation and reason: a thousand buckets that refuse the same call are one gap. */
function addGap(gaps: UnitGap[], gap: UnitGap): void {
  if (!gaps.some((known) => known.action === gap.action && known.reason === gap.reason)) gaps.push(gap);
}

/** Why a unit ended before its end. */
export function gapOf(
  unit: Unit,
  error: unknown,
  timedOut: boolean,
  classify: CollectDependencies['classify'],
): UnitGap {
  const { operations } = unit.collector.collector;
  const named = (error as { vedetteOperation?: unknown } | undefined)?.vedetteOperation;
  const action = originOf(error)?.operation ?? (typeof named === 'string' ? named : (operations[0] ?? '*'));
  if (timedOut)
    return { service: serviceOf(action), action, reason: 'timeout', detail: 'The time for this unit was over.' };
  const classified = classify(error);
  const reason = classified.class === 'absent' ? 'unsupported' : classified.class;
  const detail = classified.deniedBy === 'scp' ? `${scpDetail}: ${classified.detail}` : classified.detail;
  return { service: serviceOf(action), action, reason, detail };
}
