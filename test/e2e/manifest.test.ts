// The simulated organisation says what was planted in it; the product must find all of that, and none of its clean twins.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CheckJudgement } from '../../src/features/checks/index.ts';
import { storedOrganizations } from '../../src/features/discovery/accounts-store.ts';
import { askWhoCan } from '../../src/features/identity/evidence/ask-who-can.ts';
import { EvidenceReader } from '../../src/features/identity/evidence/evidence-reader.ts';
import { resourceEvidence } from '../../src/features/identity/evidence/resource-evidence.ts';
import { findOperation } from '../../src/platform/aws/operations/operations.ts';
import type { ManifestEntry, PlantedGap } from '../../src/platform/aws/simulated/manifest.ts';
import type { Store } from '../../src/platform/store/contract.ts';
import { type TestStore, testStore } from '../../src/platform/store/testing.ts';
import { type Scene, type ScanSetup, catalogue, openScene, scan } from './harness.ts';

const ruleShape = z.object({
  check: z.string(),
  /** The subject's ARN as the check gives it; the entry's own when not given. A star at the end matches the rest. */
  subject: z.string().optional(),
  /** Entries of this type alone. */
  type: z.string().optional(),
  /** Notes of near-misses that a person has to look at. */
  manual: z.array(z.string()).optional(),
  /** Notes of near-misses that are not evidence at all. */
  notJudged: z.array(z.string()).optional(),
});
type Rule = z.infer<typeof ruleShape>;

const table = z
  .object({
    covered: z.record(z.string(), z.array(ruleShape).min(1)),
    /** Traits that no account shows by itself: who in other accounts may do the action is asked over all of them. */
    asked: z.record(z.string(), z.string()),
    uncovered: z.record(z.string(), z.string().min(20)),
  })
  .parse(JSON.parse(readFileSync(new URL('traits.json', import.meta.url), 'utf8')));

interface GapRow {
  account: string;
  region: string;
  action: string;
  reason: string;
  detail: string;
}

/** A scanned organisation with all judgements on it. */
interface Scanned {
  scene: Scene;
  store: Store;
  entries: readonly ManifestEntry[];
  planted: readonly PlantedGap[];
  judgements: ReadonlyMap<string, readonly CheckJudgement[]>;
  findings: ReadonlySet<string>;
  gaps: readonly GapRow[];
}

/** Plants lie in the first three; service control policies close the last one to sandboxes. */
const enabled = ['us-east-1', 'eu-west-1', 'eu-central-1', 'sa-east-1'];
const stores: TestStore[] = [];

async function scanned(options: Parameters<typeof openScene>[0], setup: ScanSetup = {}): Promise<Scanned> {
  const store = await testStore();
  stores.push(store);
  const scene = await openScene(options);
  const judgements = new Map<string, CheckJudgement[]>();
  await scan(scene, store, {
    enabled,
    ...setup,
    events: {
      judged: (account, all) => {
        for (const one of all) {
          const key = `${account.id} ${one.check}`;
          judgements.set(key, [...(judgements.get(key) ?? []), one]);
        }
      },
    },
  });
  const { rows: findings } = await store.pool.query<{ key: string }>(
    `select concat_ws(' ', check_id, account, region, resource) as key from finding where verdict = 'fail' and state = 'new'`,
  );
  const { rows: gaps } = await store.pool.query<GapRow>('select account, region, action, reason, detail from gap');
  const { entries, gaps: planted } = scene.simulation.manifest();
  return { scene, store, entries, planted, judgements, findings: new Set(findings.map((row) => row.key)), gaps };
}

let usual: Scanned;
let withoutTrail: Scanned;

beforeAll(async () => {
  usual = await scanned({ accounts: 60 });
  withoutTrail = await scanned({ accounts: 8, organizationTrail: false });
}, 180_000);
afterAll(async () => {
  for (const one of [usual, withoutTrail]) await one.scene.aws.close();
  for (const store of stores) await store.close();
});

/** The judgements on an entry's subject by a check of its trait. */
function judgementsOn(
  { judgements }: Scanned,
  entry: ManifestEntry,
  { check, subject = entry.arn }: Rule,
): readonly CheckJudgement[] {
  const wanted = subject.replaceAll('{account}', entry.account).replaceAll('{region}', entry.region);
  const ofRegion = catalogue.find(check)[0]?.check.subject === 'region';
  return (judgements.get(`${entry.account} ${check}`) ?? []).filter(
    (one) =>
      (wanted.endsWith('*') ? one.resource.startsWith(wanted.slice(0, -1)) : one.resource === wanted) &&
      (!ofRegion || one.region === entry.region),
  );
}

const said = (entry: ManifestEntry, check: string, found: readonly CheckJudgement[]): string =>
  `${entry.kind} ${entry.trait}: ${entry.arn} (${entry.note}) is ${found.map((one) => `${one.verdict}: ${one.reason}`).join(' / ') || 'not judged'} by ${check}`;

function mismatches(one: Scanned, kinds: readonly ManifestEntry['kind'][]): string[] {
  return one.entries.flatMap((entry) => {
    if (!kinds.includes(entry.kind)) return [];
    return (table.covered[entry.trait] ?? []).flatMap((rule) => {
      if (rule.type !== undefined && rule.type !== entry.type) return [];
      const found = judgementsOn(one, entry, rule);
      const right =
        entry.kind === 'plant'
          ? found.length === 1 &&
            found.every((each) => {
              const key = [each.check, each.account, each.region, each.resource].join(' ');
              return each.verdict === 'fail' && one.findings.has(key);
            })
          : found.every(({ verdict }) =>
              verdict === 'manual'
                ? rule.manual?.includes(entry.note) === true
                : verdict === 'pass' || verdict === 'not-applicable',
            );
      return right ? [] : [said(entry, rule.check, found)];
    });
  });
}

/** Subjects of which nothing was said: then it says nothing that none of them fails. */
function unjudged(one: Scanned): string[] {
  return one.entries.flatMap((entry) => {
    if (entry.kind === 'plant') return [];
    return (table.covered[entry.trait] ?? []).flatMap((rule) => {
      if (rule.type !== undefined && rule.type !== entry.type) return [];
      const judged = judgementsOn(one, entry, rule).length > 0;
      return judged !== (rule.notJudged?.includes(entry.note) === true) ? [] : [said(entry, rule.check, [])];
    });
  });
}

describe('the table of traits', () => {
  test('names every trait of the manifests once, and checks that exist', () => {
    const traits = new Set([...usual.entries, ...withoutTrail.entries].map((entry) => entry.trait));
    const named = [...Object.keys(table.covered), ...Object.keys(table.asked), ...Object.keys(table.uncovered)];
    expect([...traits].filter((trait) => !named.includes(trait))).toEqual([]);
    expect(named.filter((trait, index) => named.indexOf(trait) !== index)).toEqual([]);
    expect(named.filter((trait) => !traits.has(trait as ManifestEntry['trait']))).toEqual([]);
    const checks = Object.values(table.covered).flatMap((rules) => rules.map((rule) => rule.check));
    expect(checks.filter((check) => !catalogue.entries.some((entry) => entry.id === check))).toEqual([]);
  });

  test('every trait of the table has a plant', () => {
    const planted = new Set(
      [...usual.entries, ...withoutTrail.entries].flatMap((entry) => (entry.kind === 'plant' ? [entry.trait] : [])),
    );
    const without = Object.keys({ ...table.covered, ...table.asked }).filter(
      (trait) => !planted.has(trait as ManifestEntry['trait']),
    );
    expect(without).toEqual([]);
  });
});

/** A gap that the collector does not reach, because it stops at the one before it. */
const behind: Readonly<Record<string, string>> = { 'iam:GetCredentialReport': 'iam:GenerateCredentialReport' };

const actionsOf = (operation: string): readonly string[] => [operation, ...(findOperation(operation)?.actions ?? [])];

/** The regions in which the operations of an action were refused, as the simulation answered them. */
function refusedIn({ account }: PlantedGap, operations: readonly string[], calls: readonly string[]): Set<string> {
  const of = calls.map((call) => call.split(' ')).filter((call) => call[0] === account && call[3] !== 'ok');
  return new Set(of.flatMap(([, region = '', operation = '']) => (operations.includes(operation) ? [region] : [])));
}

function isSeen(gap: PlantedGap, one: Scanned): boolean {
  const ofAccount = one.gaps.filter((row) => row.account === gap.account);
  if (gap.reason === 'unreachable') {
    return ofAccount.length === 1 && ofAccount.every((row) => row.action === '*' || row.action === 'sts:AssumeRole');
  }
  const wanted = behind[gap.action] ?? gap.action;
  const found = ofAccount.filter((row) => row.reason === gap.reason && actionsOf(row.action).includes(wanted));
  const has = (region: string): boolean => found.some((row) => row.region === region || row.region === 'global');
  if (gap.action === '*') return gap.regions.filter((region) => enabled.includes(region)).every(has);
  const refused = refusedIn(gap, [...new Set(found.map((row) => row.action))], one.scene.calls);
  return found.length > 0 && [...refused].every(has);
}

describe('the product and the manifest', () => {
  test('every plant is found', () => {
    expect(mismatches(usual, ['plant'])).toEqual([]);
    expect(mismatches(withoutTrail, ['plant'])).toEqual([]);
  });

  test('no clean twin and no near-miss fails', () => {
    expect(mismatches(usual, ['clean-twin', 'near-miss'])).toEqual([]);
    expect(mismatches(withoutTrail, ['clean-twin', 'near-miss'])).toEqual([]);
  });

  test('every clean twin and near-miss is judged', () => {
    expect(unjudged(usual)).toEqual([]);
    expect(unjudged(withoutTrail)).toEqual([]);
  });
});

describe('what lies between accounts', () => {
  test.each(Object.entries(table.asked))('%s is answered by who can %s', async (trait, action) => {
    const [organization] = await storedOrganizations(usual.store.pool);
    if (organization === undefined) throw new Error('The scan stored no organisation.');
    const reader = await EvidenceReader.open(usual.store, organization);
    const wrong: string[] = [];
    for (const entry of usual.entries.filter((one) => one.trait === trait)) {
      const resource = await resourceEvidence(reader, entry.arn, action);
      const { accounts } = await askWhoCan(reader, action, resource);
      const others = accounts.filter(({ account, allowed }) => account !== entry.account && allowed.length > 0);
      const reached = others.length > 0;
      // A clean twin may be reached: what is gained by it is what makes the difference, and checks judge that.
      if (entry.kind !== 'clean-twin' && reached !== (entry.kind === 'plant')) {
        wrong.push(`${entry.kind}: ${entry.arn} (${entry.note}) is reached from ${others.length} accounts`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('what cannot be read', () => {
  test('every planted gap is among the gaps', () => {
    const planted = usual.planted.filter((gap) => gap.reason !== 'slow');
    expect(new Set(planted.map((gap) => gap.reason))).toEqual(new Set(['denied', 'throttled', 'unreachable']));
    expect(planted.filter((gap) => !isSeen(gap, usual))).toEqual([]);
  });

  test('no gap is there that was not planted', () => {
    const expected = (row: GapRow): boolean =>
      usual.planted.some(
        (gap) =>
          gap.account === row.account &&
          (gap.reason === 'unreachable' || (gap.reason === row.reason && actionsOf(row.action).includes(gap.action))),
      );
    expect(usual.gaps.filter((row) => !expected(row))).toEqual([]);
    expect(withoutTrail.gaps).toEqual([]);
  });

  test('what answers late is a gap once its time is over', async () => {
    const slow = usual.planted.filter((gap) => gap.reason === 'slow');
    expect(slow.length).toBeGreaterThan(0);
    const account = slow[0]?.account ?? '';
    const late = await scanned(
      { accounts: 60, slowMs: 3_600_000 },
      { accounts: [account], checks: ['rds-storage-encrypted', 'rds-snapshot-encrypted'], unitTimeoutMs: 1_000 },
    );
    const seen = (action: string): boolean =>
      enabled.every((region) =>
        late.gaps.some((row) => row.reason === 'timeout' && row.region === region && row.action === action),
      );
    expect(slow.filter((gap) => gap.account === account && !seen(gap.action))).toEqual([]);
    await late.scene.aws.close();
  });
});
