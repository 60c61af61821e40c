// Commits what a scan judged of one scope: counts, findings, their transitions and the mark that it is done, together.

import type { PoolClient } from 'pg';
import { storableJson } from '../../platform/store/storable.ts';
import type { CommittedScope, JudgedScope, JudgedVerdict, StoredFinding } from './contract.ts';
import { type Step, observe } from './lifecycle.ts';
import { type Client, type FindingRow, findingColumns, findingOf, writeFindings } from './rows.ts';
import { settle } from './settle.ts';

/** The same instant always has the same text, so that texts compare as times do. */
function iso(time: string): string {
  return new Date(time).toISOString();
}

function normalised(scope: JudgedScope): JudgedScope {
  return { ...scope, judgedAt: iso(scope.judgedAt), scan: { ...scope.scan, startedAt: iso(scope.scan.startedAt) } };
}

/** Whoever judges a scope waits here for whoever is judging it. */
export async function lockScope(
  client: Client,
  { organization, account, region }: Pick<JudgedScope, 'organization' | 'account' | 'region'>,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [
    JSON.stringify(['scope', organization, account, region]),
  ]);
}

/**
 * Marks the scope as judged and writes its counts. Two processes and two scans take turns on a scope.
 * @returns false when this scan's scope is committed already
 */
async function takeScope(client: Client, scope: JudgedScope): Promise<boolean> {
  const { organization, scan, account, region } = scope;
  await lockScope(client, scope);
  const rules = Object.fromEntries(scope.checks.filter((check) => check.complete).map(({ id, rule }) => [id, rule]));
  const { rows } = await client.query<{ taken: boolean }>(
    `with judged as (
       insert into scope_judged (organization_id, scan, account, region, judged_at, scan_started_at, rules)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning scan
     ), counted as (
       insert into verdict_count (organization_id, scan, account, region, check_id, severity, pass, fail, not_applicable,
         manual, unknown, complete)
       select $1, $2, $3, $4, c."check", c.severity, c.pass, c.fail, c."notApplicable", c.manual, c.unknown, c.complete
         from judged, jsonb_to_recordset($8::jsonb) as c("check" text, severity text, pass int, fail int,
           "notApplicable" int, manual int, unknown int, complete boolean)
       on conflict do nothing
     )
     select exists (select from judged) as taken`,
    [
      organization,
      scan.id,
      account,
      region,
      scope.judgedAt,
      scan.startedAt,
      storableJson(rules),
      storableJson(countVerdicts(scope)),
    ],
  );
  return rows[0]?.taken === true;
}

interface Count {
  check: string;
  severity: string;
  complete: boolean;
  pass: number;
  fail: number;
  notApplicable: number;
  manual: number;
  unknown: number;
}

const counterOf = {
  pass: 'pass',
  fail: 'fail',
  'not-applicable': 'notApplicable',
  manual: 'manual',
  unknown: 'unknown',
} as const;

/** One row per check; none for a check that found no subject in a scope that was wholly read. */
function countVerdicts(scope: JudgedScope): Count[] {
  const counts = new Map<string, Count>();
  for (const { id, severity, complete } of scope.checks) {
    counts.set(id, { check: id, severity, complete, pass: 0, fail: 0, notApplicable: 0, manual: 0, unknown: 0 });
  }
  for (const { check, verdict } of scope.verdicts) {
    const count = counts.get(check);
    if (count !== undefined) count[counterOf[verdict]] += 1;
  }
  const subjects = (count: Count): number =>
    count.pass + count.fail + count.notApplicable + count.manual + count.unknown;
  return [...counts.values()].filter((count) => !count.complete || subjects(count) > 0);
}

/** What is known of the scope's findings, and of those that fail now wherever they were judged before. */
async function readKnown(client: Client, scope: JudgedScope): Promise<Map<string, StoredFinding>> {
  const failing = scope.verdicts.filter((one) => one.verdict === 'fail' || one.verdict === 'manual');
  const { rows } = await client.query<FindingRow>(
    `select ${findingColumns} from finding f where f.organization_id = $1
       and ((f.account = $2 and f.scope_region = $3 and f.check_id = any($4)) or f.id = any($5))
      order by f.id for update`,
    [
      scope.organization,
      scope.account,
      scope.region,
      scope.checks.map((check) => check.id),
      failing.map((one) => one.findingId),
    ],
  );
  return new Map(rows.map((row) => [row.id, findingOf(row)]));
}

interface EarlierJudgement {
  check: string;
  /** The version that judged the scope last; of a newer scan when there is one. */
  rule: string;
  /** True when a scan that began later has judged the scope wholly. */
  newer: boolean;
}

async function readEarlier(client: Client, scope: JudgedScope): Promise<Map<string, EarlierJudgement>> {
  const { organization, account, region, scan, checks } = scope;
  const { rows } = await client.query<EarlierJudgement>(
    `select r.key as check, bool_or(s.scan_started_at > $4) as newer,
            (array_agg(r.value order by s.scan_started_at desc))[1] as rule
       from scope_judged s, jsonb_each_text(s.rules) r
      where s.organization_id = $1 and s.account = $2 and s.region = $3 and s.scan <> $5 and r.key = any($6)
      group by r.key`,
    [organization, account, region, scan.startedAt, scan.id, checks.map((check) => check.id)],
  );
  return new Map(rows.map((row) => [row.check, row]));
}

function observeScope(
  scope: JudgedScope,
  known: ReadonlyMap<string, StoredFinding>,
  earlier: ReadonlyMap<string, EarlierJudgement>,
): { steps: Map<string, Step>; verdicts: ReadonlyMap<string, JudgedVerdict> } {
  const checks = new Map(scope.checks.map((check) => [check.id, check]));
  const verdicts = new Map(scope.verdicts.map((verdict) => [verdict.findingId, verdict]));
  const steps = new Map<string, Step>();
  const look = (id: string, checkId: string): void => {
    const check = checks.get(checkId);
    const previous = known.get(id);
    if (check === undefined) return;
    // A newer scan has judged this scope and knows no such finding: it is gone since.
    if (previous === undefined && earlier.get(checkId)?.newer === true) return;
    const step = observe(previous, {
      verdict: verdicts.get(id),
      check,
      scan: scope.scan,
      account: scope.account,
      scopeRegion: scope.region,
      at: scope.judgedAt,
      earlierRule: earlier.get(checkId)?.rule,
    });
    if (step !== undefined) steps.set(id, step);
  };
  for (const [id, verdict] of verdicts) look(id, verdict.check);
  for (const [id, finding] of known) if (!verdicts.has(id)) look(id, finding.check);
  return { steps, verdicts };
}

/**
 * Commits the verdicts on a scope in the caller's transaction: counts, findings, transitions, and the mark that it is
 * done. Repeating it writes nothing; two processes at once take turns.
 * @returns what was written; nothing when the scan's scope was committed before
 */
export async function commitScope(client: PoolClient, given: JudgedScope): Promise<CommittedScope> {
  const scope = normalised(given);
  if (!(await takeScope(client, scope))) return { written: false, transitions: [] };
  const known = await readKnown(client, scope);
  const { steps, verdicts } = observeScope(scope, known, await readEarlier(client, scope));
  const settled = await settle(client, steps, verdicts, { ...scope, at: scope.judgedAt, scan: scope.scan.id });
  await writeFindings(client, scope.organization, settled.findings, settled.transitions);
  return { written: true, transitions: settled.transitions };
}
