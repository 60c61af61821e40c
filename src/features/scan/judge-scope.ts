// From evidence to verdicts: one scope (a region, `global` or `account`) of one account.

import type { Account, Organization } from '../../domain/account.ts';
import { isUnread } from '../../domain/evidence.ts';
import { findingId } from '../../domain/finding.ts';
import { type Catalogue, type CheckEntry, type CheckJudgement, type ParameterValues, judge } from '../checks/index.ts';
import type { JudgedScope, JudgedVerdict } from '../findings/index.ts';
import type { GatheredEvidence } from './account-evidence.ts';
import type { ScanRecord } from './scan-store.ts';

export interface JudgeDependencies {
  scan: ScanRecord;
  organization: Organization;
  catalogue: Catalogue;
  entries: readonly CheckEntry[];
  parameters: ParameterValues;
  now: () => string;
}

/** Tags by ARN of the resources of a scope: suppressions may ask for them. */
function tagsOf(evidence: GatheredEvidence, scope: string): Map<string, Readonly<Record<string, string>>> {
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (const { resources } of evidence.byRegion.get(scope)?.values() ?? []) {
    for (const resource of resources) if (!isUnread(resource.tags)) tags.set(resource.arn, resource.tags);
  }
  return tags;
}

/** Judges a scope: what is to be committed of it, and the judgements themselves. */
export function judgeScope(
  account: Account,
  scope: string,
  evidence: GatheredEvidence,
  regions: readonly string[],
  dependencies: JudgeDependencies,
): { judged: JudgedScope; judgements: CheckJudgement[] } {
  const { scan, organization, catalogue, parameters } = dependencies;
  const judging = {
    evidence: {
      account,
      partition: organization.partition,
      organization,
      byRegion: evidence.byRegion,
      regions,
      everyRegion: scan.options.regions.length === 0 && scan.options.excludeRegions.length === 0,
      isGlobal: evidence.isGlobal,
    },
    // The scan's own time, so that a scan that was resumed says the same as an undisturbed one.
    now: new Date(scan.startedAt),
    parameters,
  };
  const byId = new Map(dependencies.entries.map((entry) => [entry.id, entry]));
  const results = [...judge(dependencies.entries, scope, judging)];
  const tags = tagsOf(evidence, scope);
  const judgements = results.flatMap((result) => result.judgements);
  const judged: JudgedScope = {
    organization: organization.id,
    scan: { id: scan.id, startedAt: scan.startedAt, complete: scan.options.complete },
    account: account.id,
    region: scope,
    judgedAt: dependencies.now(),
    checks: results.flatMap((result) => {
      const entry = byId.get(result.check);
      if (entry === undefined) return [];
      const rule = catalogue.ruleVersion(entry, parameters);
      return [{ id: entry.id, severity: entry.check.severity, rule, complete: result.complete }];
    }),
    verdicts: judgements.map((one): JudgedVerdict => ({
      check: one.check,
      verdict: one.verdict,
      findingId: findingId({
        rule: one.check,
        partition: organization.partition,
        account: account.id,
        region: one.region,
        subject: one.resource,
      }),
      resource: one.resource,
      resourceType: one.resourceType,
      region: one.region,
      title: one.title,
      reason: one.reason,
      tags: tags.get(one.resource),
    })),
  };
  return { judged, judgements };
}
