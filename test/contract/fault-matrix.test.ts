// Every collector call is denied, throttled, left without an answer and answered with nonsense, one at a time: what a check
// then says may become unknown, and nothing may look better than it did.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Organization } from '../../src/domain/account.ts';
import type { UnreadReason } from '../../src/domain/evidence.ts';
import type { ResourceType } from '../../src/domain/resource.ts';
import { type CheckEntry, type CheckJudgement, judge, scopesOf } from '../../src/features/checks/index.ts';
import { defaultContextRules, discover } from '../../src/features/discovery/index.ts';
import type { CollectDependencies } from '../../src/features/inventory/collect-context.ts';
import { collectUnit } from '../../src/features/inventory/collect-unit.ts';
import { type UnitResult, collectors, findSecrets, unitKey, unitsOf } from '../../src/features/inventory/index.ts';
import { gatherEvidence } from '../../src/features/scan/account-evidence.ts';
import { classifyError } from '../../src/platform/aws/classify-error.ts';
import { homeRegion } from '../../src/platform/aws/partitions.ts';
import type { FaultKind } from '../../src/platform/aws/simulated/faults.ts';
import { fixedClock } from '../../src/platform/clock/clock.ts';
import { type Answer, type Scene, catalogue, openScene, parameters, secret, today } from '../e2e/harness.ts';

/** Accounts that together call every operation, and the region of each where its plants lie. */
const places = [
  { name: 'network-hub', region: 'us-east-1' },
  { name: 'shared-services', region: 'eu-west-1' },
  { name: 'payments-dev', region: 'eu-west-1' },
  { name: 'payments-prod', region: 'us-east-1' },
];

/**
 * Answers as some regions and some boundaries bring them about: buckets without their region, and AWS's policies left
 * out of the list though somebody uses them. Both make a collector ask once more.
 */
function terse({ operation, output }: Answer): object {
  if (operation === 'ListBuckets') {
    const buckets = (output['Buckets'] ?? []) as object[];
    return {
      ...output,
      Buckets: buckets.map((one, index) => (index % 2 === 0 ? one : { ...one, BucketRegion: undefined })),
    };
  }
  if (operation === 'GetAccountAuthorizationDetails' && output['Policies'] !== undefined) {
    const policies = output['Policies'] as { Arn?: string }[];
    return { ...output, Policies: policies.filter((one) => one.Arn?.startsWith('arn:aws:iam::aws:') !== true) };
  }
  return output;
}

/** How each fault must be told. */
const reasons: Readonly<Record<FaultKind, UnreadReason>> = {
  denied: 'denied',
  throttled: 'throttled',
  timeout: 'timeout',
  malformed: 'failed',
};
const kinds = Object.keys(reasons) as FaultKind[];

/** Operations that a scan does not call: they read one resource again. */
const refreshOnly = ['lambda:GetFunctionConfiguration', 'secretsmanager:DescribeSecret'];

/** One account as it is when nothing is wrong. */
interface Fixture {
  account: Account;
  region: string;
  dependencies: CollectDependencies;
  base: Map<string, UnitResult>;
  usual: Judged;
  /** Operations that were called, by the collector's id. */
  called: Map<string, ReadonlySet<string>>;
}

let scene: Scene;
let organization: Organization;
const fixtures: Fixture[] = [];

async function collected(unit: UnitResult['unit'], dependencies: CollectDependencies): Promise<UnitResult> {
  const parts: UnitResult[] = [];
  for await (const part of collectUnit(unit, dependencies, new AbortController().signal)) parts.push(part);
  const last = parts.at(-1);
  if (last === undefined) throw new Error(`${unit.collector.id} gave nothing.`);
  return { ...last, resources: parts.flatMap((part) => part.resources), gaps: parts.flatMap((part) => part.gaps) };
}

interface Judged {
  /** By `<check> <scope> <region> <resource>`. */
  judgements: Map<string, CheckJudgement>;
  /** `<check> <scope>` of what was wholly read: what does not appear there is absent. */
  complete: Set<string>;
}

function judged(
  { account, region }: Pick<Fixture, 'account' | 'region'>,
  results: Iterable<UnitResult>,
  entries: readonly CheckEntry[] = catalogue.entries,
): Judged {
  const evidence = gatherEvidence(collectors);
  evidence.add([...results]);
  const judgements = new Map<string, CheckJudgement>();
  const complete = new Set<string>();
  const judging = {
    evidence: {
      account,
      partition: organization.partition,
      organization,
      byRegion: evidence.byRegion,
      regions: [region],
      everyRegion: true,
      isGlobal: evidence.isGlobal,
    },
    now: new Date(today),
    parameters,
  };
  for (const scope of scopesOf([region])) {
    for (const result of judge(entries, scope, judging)) {
      if (result.complete) complete.add(`${result.check} ${scope}`);
      for (const one of result.judgements) judgements.set([one.check, scope, one.region, one.resource].join(' '), one);
    }
  }
  return { judgements, complete };
}

async function fixtureOf(account: Account, region: string): Promise<Fixture> {
  const dependencies = {
    access: await scene.aws.account(account.id),
    homeRegion,
    classify: classifyError,
    findSecrets: (text: string, location: string) => findSecrets(text, location, secret),
    clock: fixedClock(today),
    unitTimeoutMs: 120_000,
    pageSize: 500,
  };
  const base = new Map<string, UnitResult>();
  const called = new Map<string, ReadonlySet<string>>();
  for (const unit of unitsOf(collectors, [region])) {
    const before = scene.calls.length;
    base.set(unitKey(unit.region, unit.collector.id), await collected(unit, dependencies));
    called.set(unit.collector.id, new Set(scene.calls.slice(before).map((call) => call.split(' ')[2] ?? '')));
  }
  return { account, region, dependencies, base, called, usual: judged({ account, region }, base.values()) };
}

beforeAll(async () => {
  scene = await openScene({ accounts: 8, amend: terse });
  const found = await discover({
    aws: scene.aws,
    homeRegion,
    classify: classifyError,
    contextRules: defaultContextRules,
  });
  organization = found.organization;
  for (const { name, region } of places) {
    fixtures.push(
      await fixtureOf(
        found.accounts.find((one) => one.name === name)!,
        region,
      ),
    );
  }
});
afterAll(async () => await scene.aws.close());

const typesOf = ({ check }: CheckEntry): readonly ResourceType[] => [
  ...(check.needs ?? []),
  ...(check.subject === 'account' || check.subject === 'region' ? [] : [check.subject]),
];

const looksAt = (types: readonly ResourceType[]): CheckEntry[] =>
  catalogue.entries.filter((entry) => typesOf(entry).some((type) => types.includes(type)));

/** How judgements on disturbed evidence say more than they may, given the checks that look at what was disturbed. */
function faultsOf(usual: Judged, disturbed: Judged, affected: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [subject, { check, verdict, reason }] of disturbed.judgements) {
    const before = usual.judgements.get(subject);
    if (before?.verdict === verdict && before.reason === reason) continue;
    if (!affected.has(check)) found.push(`${subject} changed, though nothing that it looks at was disturbed`);
    if ((verdict === 'pass' || verdict === 'not-applicable') && before?.verdict !== verdict)
      found.push(`${subject} turned from ${before?.verdict ?? 'nothing'} to ${verdict}: ${reason}`);
    // What could not be read is no finding either, whatever else is known.
    if (verdict === 'fail' && before?.verdict !== verdict)
      found.push(`${subject} turned from ${before?.verdict ?? 'nothing'} to ${verdict}: ${reason}`);
  }
  return found;
}

/** Subjects that are not judged any more, as if they were gone. */
function lost(usual: Judged, disturbed: Judged, checks: ReadonlySet<string>): string[] {
  return [...usual.judgements].flatMap(([subject, { check }]) => {
    if (!checks.has(check) || disturbed.judgements.has(subject)) return [];
    const scope = subject.split(' ')[1] ?? '';
    return disturbed.complete.has(`${check} ${scope}`) ? [`${subject} counts as absent, though it was not read`] : [];
  });
}

const everyCheck = new Set(catalogue.entries.map((entry) => entry.id));

describe('without a fault', () => {
  test.each(places.map((place, index) => ({ ...place, index })))(
    '$name is read wholly and nothing is unknown',
    ({ index }) => {
      const { base, usual } = fixtures[index]!;
      expect([...base.values()].filter((unit) => !unit.complete || unit.gaps.length > 0)).toEqual([]);
      expect([...usual.judgements.values()].filter((one) => one.verdict === 'unknown')).toEqual([]);
      expect(usual.judgements.size).toBeGreaterThan(200);
    },
  );

  test('every check has something to judge', () => {
    const judgements = fixtures.flatMap(({ usual }) => [...usual.judgements.values()]);
    const checks = new Set(judgements.map((one) => one.check));
    expect([...everyCheck].filter((id) => !checks.has(id))).toEqual([]);
  });
});

describe.each(collectors)('$id', ({ id, collector }) => {
  test.each(collector.operations.filter((operation) => !refreshOnly.includes(operation)))('%s', async (operation) => {
    const fixture = fixtures.find(({ called }) => called.get(id)?.has(operation) === true);
    if (fixture === undefined) throw new Error(`No account of this test makes ${id} call ${operation}.`);
    const { base, dependencies, region, usual } = fixture;
    const key = unitKey(collector.scope === 'global' ? 'global' : region, id);
    const { unit } = base.get(key)!;
    const [service = '', name = ''] = operation.split(':');
    const entries = looksAt(collector.types);
    const affected = new Set(entries.map((entry) => entry.id));
    for (const kind of kinds) {
      scene.simulation.setFaults([{ kind, service, operation: name }]);
      const result = await collected(unit, dependencies);
      scene.simulation.setFaults([]);
      const results = [...new Map(base).set(key, result).values()];
      // Whether other checks change does not depend on the kind of fault.
      const disturbed = judged(fixture, results, kind === 'denied' ? catalogue.entries : entries);
      const judgedChecks = kind === 'denied' ? everyCheck : affected;
      const wrong = [...faultsOf(usual, disturbed, affected), ...lost(usual, disturbed, judgedChecks)];
      expect({ kind, wrong }).toEqual({ kind, wrong: [] });
      const told = result.gaps.map((gap) => ({ operation: gap.action, reason: gap.reason }));
      expect({ kind, told }).toEqual({ kind, told: [{ operation, reason: reasons[kind] }] });
    }
  });
});
