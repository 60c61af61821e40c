// What a check sees: its declared types in the judged scope, and its parameters. Everything else is out of its reach.

import { EvidenceUnread, type Unread } from '../../domain/evidence.ts';
import type { Resource, ResourceType } from '../../domain/resource.ts';
import type { AccountEvidence, TypeEvidence } from './account-evidence.ts';
import type { CheckContext } from './contract.ts';
import type { CheckEntry } from './registry.ts';

/** The value of a parameter of a check, by the check's id; undefined when it is not declared. */
export type ParameterValues = (check: string, name: string) => number | string | readonly string[] | undefined;

export interface Judging {
  evidence: AccountEvidence;
  now: Date;
  parameters: ParameterValues;
}

/** Thrown when evidence is missing for another reason than a refused call. It ends a judgement as `unknown`, too. */
class EvidenceMissing extends EvidenceUnread {
  constructor(message: string) {
    super([]);
    this.message = message;
  }
}

/**
 * The context of one check in one scope.
 * @param scope a region's code, `global` or `account`
 */
export function contextOf(entry: CheckEntry, scope: string, judging: Judging): CheckContext {
  const { evidence, now, parameters } = judging;
  const { check, id } = entry;
  const declared = new Set<ResourceType>(check.needs);
  if (check.subject !== 'account' && check.subject !== 'region') declared.add(check.subject);
  const everywhereCache = new Map<ResourceType, { read: TypeEvidence; missing: string | undefined }>();

  const evidenceIn = (region: string, type: ResourceType): TypeEvidence | undefined =>
    evidence.byRegion.get(region)?.get(type);

  const here = (type: ResourceType): TypeEvidence => {
    if (!declared.has(type)) throw new Error(`${id} looks at ${type} without declaring it in "needs".`);
    const global = evidence.isGlobal(type);
    if (!global && (scope === 'account' || scope === 'global')) {
      throw new Error(`${id} looks at ${type}, which lies in regions, from the scope "${scope}".`);
    }
    const read = evidenceIn(global ? 'global' : scope, type);
    if (read === undefined) throw new EvidenceMissing(`${type} was not collected.`);
    return read;
  };

  const overall = (type: ResourceType): { read: TypeEvidence; missing: string | undefined } => {
    if (evidence.isGlobal(type)) return { read: here(type), missing: undefined };
    if (!declared.has(type)) throw new Error(`${id} looks at ${type} without declaring it in "needs".`);
    if (check.subject !== 'account') throw new Error(`${id} looks over all regions but judges no account.`);
    const cached = everywhereCache.get(type);
    if (cached !== undefined) return cached;
    const found = evidence.regions.map((region) => evidenceIn(region, type));
    const missing = !evidence.everyRegion
      ? 'Not all regions of the account were in the scan.'
      : found.includes(undefined)
        ? `${type} was not collected in every region.`
        : undefined;
    const known = found.filter((one) => one !== undefined);
    const result = {
      read: { resources: known.flatMap((one) => one.resources), unread: known.flatMap((one) => one.unread) },
      missing,
    };
    everywhereCache.set(type, result);
    return result;
  };

  return {
    account: evidence.account,
    partition: evidence.partition,
    region: scope === 'account' ? 'global' : scope,
    regions: evidence.regions,
    organization: evidence.organization,
    now,
    resources: (type) => whole(here(type)),
    readable: (type) => readable(here(type)),
    everywhere(type) {
      const { read, missing } = overall(type);
      if (missing !== undefined && read.unread.length === 0) throw new EvidenceMissing(missing);
      return whole(read);
    },
    readableEverywhere(type) {
      const { read, missing } = overall(type);
      const { resources, complete } = readable<typeof type>(read);
      return { resources, complete: complete && missing === undefined };
    },
    parameter(name) {
      const value = parameters(id, name);
      if (value === undefined) throw new Error(`${id} asks for the parameter "${name}" without declaring it.`);
      return typeof value === 'string' ? value.replaceAll('<partition>', evidence.partition) : value;
    },
  };
}

function whole<T extends ResourceType>(read: TypeEvidence): readonly Resource<T>[] {
  if (read.unread.length > 0) throw new EvidenceUnread(distinct(read.unread));
  return read.resources as readonly Resource<T>[];
}

function readable<T extends ResourceType>(
  read: TypeEvidence,
): { resources: readonly Resource<T>[]; complete: boolean } {
  return { resources: read.resources as readonly Resource<T>[], complete: read.unread.length === 0 };
}

/** Each operation and reason once, in the order of their first appearance. */
export function distinct(parts: readonly Unread[]): readonly Unread[] {
  return [...new Map(parts.map((part) => [`${part.$unread.operation} ${part.$unread.reason}`, part])).values()];
}
