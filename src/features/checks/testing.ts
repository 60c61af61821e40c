// Tests of a check as a table of cases. Cases run through the real context, so that evidence lies where a scan puts it.

import { describe, expect, test } from 'vitest';
import type { Account, Organization } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import { type Unread, unread } from '../../domain/evidence.ts';
import type { AnyResource, Resource, ResourceType } from '../../domain/resource.ts';
import type { ResourceConfigs } from '../../domain/resource-configs.ts';
import type { Judgement, Verdict } from '../../domain/verdict.ts';
import type { AccountEvidence, TypeEvidence } from './account-evidence.ts';
import type { Check } from './contract.ts';
import { parameterSettings } from './parameters.ts';
import { judge } from './run.ts';
import { accountResources } from './testing/account-resources.ts';
import { testAccount, testNow, testRegion } from './testing/example.ts';
import { messagingResources } from './testing/messaging-resources.ts';
import { networkResources } from './testing/network-resources.ts';
import { serviceResources } from './testing/service-resources.ts';

export { testAccount, testNow, testRegion } from './testing/example.ts';

const examples = { ...accountResources, ...networkResources, ...serviceResources, ...messagingResources };

type ExampleType = keyof typeof examples;

/** Something that could not be read, to stand in the place of a value. */
export const denied = (operation: string): Unread => unread(operation, 'denied');

/**
 * A resource with safe settings, changed where a case needs it.
 * @example make('AWS::S3::Bucket', { encryption: null })
 */
export function make<T extends ExampleType>(
  type: T,
  config: Partial<ResourceConfigs[T]> = {},
  identity: Partial<Pick<Resource<T>, 'arn' | 'name' | 'region' | 'account' | 'tags'>> = {},
): Resource<T> {
  const example = examples[type];
  const name = identity.name ?? example.name;
  return {
    arn: `arn:aws:${example.arn.replace('*', name)}`,
    type,
    account: testAccount,
    region: example.region,
    name,
    tags: {},
    collectedAt: testNow,
    ...identity,
    // The example's configuration is the type's own; only TypeScript cannot follow the indirection.
    config: { ...(example.config as ResourceConfigs[T]), ...config },
  };
}

/** A member account of an organisation whose management account is 999988887777. */
function makeAccount(changes: Partial<Account> = {}): Account {
  return {
    id: testAccount,
    name: 'Orders production',
    email: 'orders@example.com',
    status: 'ACTIVE',
    ouPath: '/Workloads/Production',
    ouIds: ['r-examplerootid111', 'ou-examplerootid111-exampleouid111'],
    joinedAt: '2024-01-10T08:00:00Z',
    tags: {},
    context: {},
    isManagement: false,
    ...changes,
  };
}

function makeOrganization(changes: Partial<Organization> = {}): Organization {
  return {
    id: 'o-exampleorgid',
    partition: 'aws',
    managementAccount: '999988887777',
    reachable: true,
    rootId: 'r-examplerootid111',
    units: [],
    policies: [],
    delegatedAdministrators: [],
    trustedServices: [],
    rootCredentialsManagement: false,
    simulated: false,
    ...changes,
  };
}

/** What a case may say of the surroundings. */
export interface Surroundings {
  /** Resources beside the subject. */
  evidence?: readonly AnyResource[];
  /** Types of which something could not be read. */
  incomplete?: readonly ResourceType[];
  account?: Partial<Account>;
  /** null when Organizations is out of reach. */
  organization?: Partial<Organization> | null;
  partition?: Partition;
  regions?: readonly string[];
  everyRegion?: boolean;
  now?: string;
  parameters?: Readonly<Record<string, unknown>>;
}

/** One case. `source` marks a boundary: the page of AWS's documentation that decides it. */
export interface CheckCase<Subject extends AnyResource = AnyResource> extends Surroundings {
  name: string;
  /** Left out for checks of an account or region. */
  subject?: Subject;
  expect: Verdict;
  /** A part of the reason that a person must be told. */
  reason?: string;
  source?: string;
}

const globalTypes = new Set<ResourceType>([
  'AWS::S3::Bucket',
  ...(Object.keys(examples) as ExampleType[]).filter((type) => examples[type].region === 'global'),
]);

const isGlobal = (type: ResourceType): boolean => globalTypes.has(type);

/** Evidence of one account with the given resources, each in its scope; all other types were read and are empty. */
export function makeEvidence(resources: readonly AnyResource[], around: Surroundings = {}): AccountEvidence {
  const regions = around.regions ?? [testRegion, 'us-east-1'];
  const types = new Set<ResourceType>([
    ...(Object.keys(examples) as ExampleType[]),
    ...resources.map((resource) => resource.type),
  ]);
  const readOf = (type: ResourceType, region: string): TypeEvidence => ({
    resources: resources.filter((one) => one.type === type && (region === 'global' || one.region === region)),
    unread: around.incomplete?.includes(type) === true ? [denied(`list of ${type}`)] : [],
  });
  const evidenceOf = (region: string) =>
    new Map(
      [...types]
        .filter((type) => isGlobal(type) === (region === 'global'))
        .map((type) => [type, readOf(type, region)] as const),
    );
  return {
    account: makeAccount(around.account),
    partition: around.partition ?? 'aws',
    organization: around.organization === null ? undefined : makeOrganization(around.organization),
    byRegion: new Map(['global', ...regions].map((region) => [region, evidenceOf(region)])),
    regions,
    everyRegion: around.everyRegion ?? true,
    isGlobal,
  };
}

/**
 * Judges one subject (or an account or region, without one) as the runner does.
 * @throws what the check throws, but for unread evidence: a defect must not look like `unknown` in a test.
 */
function judgeCase(id: string, check: Check, one: CheckCase): Judgement {
  const entry = { id, service: id, check };
  const subjects = one.subject === undefined ? [] : [one.subject];
  const evidence = makeEvidence([...subjects, ...(one.evidence ?? [])], one);
  const overrides = [{ entry, values: one.parameters ?? {} }];
  const judging = {
    evidence,
    now: new Date(one.now ?? testNow),
    parameters: parameterSettings([entry], overrides),
  };
  const scope = scopeOf(check, one.subject, evidence);
  const results = [...judge([entry], scope, judging)].flatMap((result) => result.judgements);
  const key = one.subject?.arn ?? `AWS::::Account:${evidence.account.id}`;
  const judgement = results.find((result) => result.resource === key);
  if (judgement === undefined) throw new Error(`${id} did not judge ${key} in the scope ${scope}.`);
  if (judgement.reason.startsWith('The check failed')) throw new Error(judgement.reason);
  return judgement;
}

function scopeOf(check: Check, subject: AnyResource | undefined, evidence: AccountEvidence): string {
  if (check.subject === 'account') return 'account';
  if (check.subject !== 'region' && evidence.isGlobal(check.subject)) return 'global';
  return subject?.region ?? testRegion;
}

const docs = 'https://docs.aws.amazon.com/';

/** What `testCheck` accepts instead of cases that cannot exist. */
interface Impossible {
  /** Why nothing is ever out of the check's reach. */
  notApplicable?: string;
}

type CasesOf<C extends Check> = C extends { subject: infer T extends ResourceType }
  ? readonly CheckCase<Extract<AnyResource, { type: T }>>[]
  : readonly CheckCase[];

/**
 * Declares the tests of a check: its cases, and that they show every verdict it can give and two boundaries.
 * @param id the check's id, which is its path
 */
export function testCheck<C extends Check>(id: string, check: C, cases: CasesOf<C>, impossible: Impossible = {}): void {
  const list: readonly CheckCase[] = cases;
  describe(`${id}`, () => {
    for (const one of list) {
      test(`${one.expect}: ${one.name}`, () => {
        const judgement = judgeCase(id, check, one);
        expect(judgement).toMatchObject({ verdict: one.expect });
        expect(judgement.reason).toMatch(/^[\s\S]{8,}[.)?]$/);
        expect(judgement.reason).toContain(one.reason ?? '');
      });
    }

    test('the cases show every verdict and two boundaries', () => {
      const seen = new Set(list.map((one) => one.expect));
      const needed: Verdict[] = ['pass', 'fail', 'unknown'];
      if (impossible.notApplicable === undefined) needed.push('not-applicable');
      expect(needed.filter((verdict) => !seen.has(verdict))).toEqual([]);
      expect(list.filter((one) => one.source?.startsWith(docs)).length).toBeGreaterThanOrEqual(2);
      expect(new Set(list.map((one) => one.name)).size).toBe(list.length);
    });
  });
}
