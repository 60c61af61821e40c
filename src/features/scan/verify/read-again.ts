// Reads again what findings are about: the subject alone where that can be done, and all that the checks look at beside it.

import type { AnyResource, ResourceType } from '../../../domain/resource.ts';
import type { AccountAccess } from '../../../platform/aws/contract.ts';
import type { CheckEntry } from '../../checks/index.ts';
import {
  type RegisteredCollector,
  type Unit,
  type UnitResult,
  readUnit,
  refreshResource,
} from '../../inventory/index.ts';
import { type GatheredEvidence, gatherEvidence } from '../account-evidence.ts';
import { collectorsOf } from '../needed-collectors.ts';
import type { VerifyDependencies } from './contract.ts';

/** What a finding is about. */
export interface Subject {
  /** A resource type, or `AWS::::Account` for an account or one of its regions. */
  type: string;
  arn: string;
  /** The scope that judges it: a region, `global` or `account`. */
  scope: string;
}

export interface ReadSubject {
  evidence: GatheredEvidence;
  /** The regions of the account that count. */
  regions: readonly string[];
  /** True when AWS says that the subject is no more, false when it is there or nothing is known. */
  gone: boolean;
  /** Why the subject could not be read; undefined when it was, or is gone. */
  unread: string | undefined;
  /** Everything that was read, for the newest known state. */
  resources: readonly AnyResource[];
}

/** Reads units of one account, each once. */
export class AccountReader {
  readonly #access: AccountAccess;
  readonly #dependencies: VerifyDependencies;
  readonly #units = new Map<string, Promise<UnitResult>>();
  #regions: Promise<readonly string[]> | undefined;

  constructor(access: AccountAccess, dependencies: VerifyDependencies) {
    this.#access = access;
    this.#dependencies = dependencies;
  }

  /** The enabled regions; all of the partition where that could not be read. */
  regions(): Promise<readonly string[]> {
    this.#regions ??= this.#dependencies.regionsOf(this.#access).then(({ regions }) => regions);
    return this.#regions;
  }

  unit(unit: Unit): Promise<UnitResult> {
    const key = `${unit.region} ${unit.collector.id}`;
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    const { signal } = this.#dependencies;
    const reading = readUnit(unit, { ...this.#dependencies, access: this.#access }, signal);
    this.#units.set(key, reading);
    return reading;
  }

  async refresh(unit: Unit, arn: string) {
    return await refreshResource(unit, arn, { ...this.#dependencies, access: this.#access }, this.#dependencies.signal);
  }

  /** The units of a collector that a scope is judged by. */
  async unitsOf(collector: RegisteredCollector, scope: string): Promise<Unit[]> {
    if (collector.collector.scope === 'global') return [{ region: 'global', collector }];
    const regions = scope === 'account' ? await this.regions() : [scope];
    return regions.map((region) => ({ region, collector }));
  }
}

const whyUnread = ({ gaps }: Pick<UnitResult, 'gaps'>): string => {
  const { action = '*', reason = 'failed', detail = '' } = gaps.at(-1) ?? {};
  return `Not readable: ${action} (${reason}). ${detail}`.trim();
};

/**
 * Reads a subject and what `entries` look at beside it.
 * @param whole read everything of the subject's type, and not the subject alone
 */
export async function readSubject(
  subject: Subject,
  entries: readonly CheckEntry[],
  reader: AccountReader,
  { collectors }: Pick<VerifyDependencies, 'collectors'>,
  whole: boolean,
): Promise<ReadSubject> {
  const evidence = gatherEvidence(collectors);
  const resources: AnyResource[] = [];
  const own = collectors.find((one) => one.collector.types.includes(subject.type as ResourceType));
  const beside = collectorsOf(
    collectors,
    entries.flatMap((entry) => entry.check.needs ?? []),
  );
  const state: ReadSubject = { evidence, regions: [], gone: false, unread: undefined, resources };
  const add = (results: readonly UnitResult[]): void => {
    evidence.add(results);
    for (const result of results) resources.push(...result.resources);
  };
  const readWhole = async (collector: RegisteredCollector): Promise<UnitResult[]> => {
    const units = await reader.unitsOf(collector, subject.scope);
    return await Promise.all(units.map((unit) => reader.unit(unit)));
  };

  if (own !== undefined) {
    const [unit] = await reader.unitsOf(own, subject.scope);
    const alone =
      whole || beside.includes(own) || unit === undefined ? undefined : await reader.refresh(unit, subject.arn);
    if (alone === undefined || unit === undefined) {
      const results = await readWhole(own);
      add(results);
      const found = results.some((result) => result.resources.some((one) => one.arn === subject.arn));
      const incomplete = results.find((result) => !result.complete);
      state.gone = !found && incomplete === undefined;
      if (!found && incomplete !== undefined) state.unread = whyUnread(incomplete);
    } else {
      // Not all of its type was read: nothing may be concluded from what is missing.
      const seen = alone.resource === undefined ? [] : [alone.resource];
      add([{ unit, resources: seen, gaps: [...alone.gaps], complete: false }]);
      state.gone = alone.read && alone.resource === undefined;
      if (!alone.read) state.unread = whyUnread({ gaps: [...alone.gaps] });
    }
  }
  for (const collector of beside) if (collector !== own) add(await readWhole(collector));
  return { ...state, regions: subject.scope === 'account' ? await reader.regions() : [subject.scope] };
}
