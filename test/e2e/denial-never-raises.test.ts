// Whoever takes permissions away from Vedette gains nothing by it: no score rises, nothing passes that did not.

import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckJudgement } from '../../src/features/checks/index.ts';
import { organizationOperations } from '../../src/features/discovery/index.ts';
import { collectors } from '../../src/features/inventory/index.ts';
import type { FinishedScan } from '../../src/features/scan/finish-scan.ts';
import { regionOperations } from '../../src/platform/aws/regions.ts';
import { testStore } from '../../src/platform/store/testing.ts';
import { type Answer, type SceneOptions, openScene, scan, twoRegions } from './harness.ts';

const accounts = 4;
const seed = Number(process.env['VEDETTE_TEST_SEED'] ?? Date.now() % 1_000_000_000);

/** What is denied: operations, or whole services, in some accounts and regions, and entering some accounts. */
interface Denial {
  operations: readonly string[];
  accounts: readonly string[];
  regions: readonly string[];
  entrances: readonly string[];
}

interface Outcome {
  finished: FinishedScan;
  organization: string;
  accounts: ReadonlyMap<string, { score: number | null; coverage: number | null }>;
  /** Verdicts by `<check> <account> <region> <resource>`. */
  verdicts: ReadonlyMap<string, CheckJudgement['verdict']>;
}

async function outcomeOf(options: SceneOptions): Promise<Outcome> {
  const store = await testStore();
  try {
    const scene = await openScene({ accounts, ...options });
    const verdicts = new Map<string, CheckJudgement['verdict']>();
    const finished = await scan(scene, store, {
      events: {
        judged: (_account, all) => {
          for (const one of all)
            verdicts.set([one.check, one.account, one.region, one.resource].join(' '), one.verdict);
        },
      },
    });
    await scene.aws.close();
    const { rows } = await store.pool.query<{ account: string; score: number | null; coverage: number | null }>(
      'select account, score, coverage from scan_account',
    );
    const scored = new Map(rows.map(({ account, ...rest }) => [account, rest]));
    return { finished, organization: finished.organizationId, accounts: scored, verdicts };
  } finally {
    await store.close();
  }
}

/** A role that refuses; the call's own facts do not name the account that is to be entered. */
const refuseEntrance =
  (entrances: readonly string[]) =>
  ({ operation, input, output }: Answer): object => {
    const entered = /:(\d{12}):role\//.exec(String(input['RoleArn'] ?? ''))?.[1] ?? '';
    if (operation !== 'AssumeRole' || !entrances.includes(entered)) return output;
    const words = `User: arn:aws:sts::111122223333:assumed-role/Hub/vedette is not authorized to perform: sts:AssumeRole`;
    throw Object.assign(new Error(words), {
      name: 'AccessDenied',
      $fault: 'client',
      $metadata: { httpStatusCode: 403 },
    });
  };

const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

function optionsOf(denial: Denial): SceneOptions {
  const operations = new Set(denial.operations);
  return {
    amend: refuseEntrance(denial.entrances),
    faults: ({ service, operation, account, region }) =>
      (operations.has(`${service}:${operation}`) || operations.has(`${service}:*`)) &&
      within(denial.accounts, account) &&
      within(denial.regions, region)
        ? 'denied'
        : undefined,
  };
}

const collected = [...new Set(collectors.flatMap(({ collector }) => collector.operations))];
const services = [...new Set(collected.map((operation) => `${operation.split(':')[0] ?? ''}:*`))];

let usual: Outcome;
let ids: string[];

beforeAll(async () => {
  usual = await outcomeOf({});
  ids = [...usual.accounts.keys()];
});

const slack = 1e-9;
const isRaised = (value: number | null | undefined, before: number | null | undefined): boolean =>
  value !== null && value !== undefined && value > (before ?? 0) + slack;

/** Everything by which a denial has improved what is said; empty when nothing has. */
function improvements(denied: Outcome): string[] {
  const found: string[] = [];
  // Where Organizations is out of reach the scan is of one account alone, which is no organisation to compare with.
  if (denied.organization === usual.organization) {
    if (isRaised(denied.finished.score, usual.finished.score))
      found.push(`organisation: score ${usual.finished.score} → ${denied.finished.score}`);
    if (isRaised(denied.finished.coverage, usual.finished.coverage))
      found.push(`organisation: coverage ${usual.finished.coverage} → ${denied.finished.coverage}`);
  }
  for (const [account, { score, coverage }] of denied.accounts) {
    const before = usual.accounts.get(account);
    if (isRaised(score, before?.score)) found.push(`${account}: score ${before?.score} → ${score}`);
    if (isRaised(coverage, before?.coverage)) found.push(`${account}: coverage ${before?.coverage} → ${coverage}`);
  }
  for (const [subject, verdict] of denied.verdicts) {
    const before = usual.verdicts.get(subject);
    const better = verdict === 'pass' ? before !== 'pass' : verdict === 'not-applicable' && before !== verdict;
    if (better) found.push(`${subject}: ${before ?? 'not judged'} → ${verdict}`);
  }
  return found;
}

const some = (list: readonly string[], most: number): fc.Arbitrary<string[]> =>
  fc.subarray([...list], { maxLength: Math.min(most, list.length) });
/** Nothing, or, less often, what the arbitrary gives. */
const sometimes = (arbitrary: fc.Arbitrary<string[]>): fc.Arbitrary<string[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary });

describe('what is compared with', () => {
  test('was read wholly', () => {
    expect(usual.finished.coverage).toBe(1);
    expect(usual.finished.score).toBeGreaterThan(50);
    expect(usual.verdicts.size).toBeGreaterThan(1000);
  });
});

describe('denying', () => {
  test.each([
    ['everything that is collected', { operations: services }],
    ['entering every account', { entrances: 'all' }],
    ['the list of regions', { operations: regionOperations }],
    ['the organisation', { operations: ['organizations:*'] }],
    ['the features of the organisation', { operations: ['iam:ListOrganizationsFeatures'] }],
    ['all lists of accounts', { operations: ['organizations:ListAccounts', 'organizations:ListAccountsForParent'] }],
  ] as const)('%s improves nothing', async (_name, part) => {
    const { entrances = [], operations = [] } = part as { entrances?: 'all' | []; operations?: readonly string[] };
    const denial = { operations, accounts: [], regions: [], entrances: entrances === 'all' ? ids : [] };
    expect(improvements(await outcomeOf(optionsOf(denial)))).toEqual([]);
  });

  test(`anything improves nothing (seed ${seed})`, { timeout: 300_000 }, async () => {
    const denials: fc.Arbitrary<Denial> = fc.record({
      operations: fc
        .tuple(
          fc.subarray(collected, { minLength: 1, maxLength: 30 }),
          sometimes(some(services, 3)),
          sometimes(some(organizationOperations, 5)),
          sometimes(some(regionOperations, 2)),
        )
        .map((lists) => lists.flat()),
      accounts: sometimes(some(ids, 2)),
      regions: sometimes(some(twoRegions, 1)),
      entrances: sometimes(some(ids, 2)),
    });
    await fc.assert(
      fc.asyncProperty(denials, async (denial) => {
        expect(improvements(await outcomeOf(optionsOf(denial)))).toEqual([]);
      }),
      // Each step of shrinking is a scan: the first counterexample is told as it is.
      { numRuns: 25, seed, endOnFailure: true },
    );
  });
});
