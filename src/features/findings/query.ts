// Reads findings, always within one organisation and the caller's accounts.

import type { Store } from '../../platform/store/contract.ts';
import { type Severity, severities } from '../../domain/severity.ts';
import { UsageError } from '../../domain/errors.ts';
import { type FindingState, findingStates } from '../../domain/finding.ts';
import type { FindingFilter, ReadScope, StoredFinding, StoredTransition } from './contract.ts';
import { type FindingRow, findingColumns, findingOf } from './rows.ts';

/** A condition and its values, numbered from `$1`. */
export interface Where {
  text: string;
  values: unknown[];
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** The condition of a filter on `finding f`. */
export function whereOf(scope: ReadScope, filter: FindingFilter): Where {
  const values: unknown[] = [scope.organization];
  const parts = ['f.organization_id = $1'];
  const add = (part: (parameter: string) => string, value: unknown): void => {
    values.push(value);
    parts.push(part(`$${values.length}`));
  };
  const lists: readonly [string, readonly string[] | undefined][] = [
    ['f.account', scope.accounts],
    ['f.id', filter.ids],
    ['f.severity', filter.severities],
    ['f.account', filter.accounts],
    ['f.region', filter.regions],
    ['f.check_id', filter.checks],
    ['f.state', filter.states],
    ['f.source', filter.sources],
    ['f.kind', filter.kinds],
  ];
  for (const [column, list] of lists) {
    if (list !== undefined) add((parameter) => `${column} = any(${parameter}::text[])`, list);
  }
  if (filter.services !== undefined) {
    const patterns = filter.services.map((service) => `${escapeLike(service)}-%`);
    add((parameter) => `f.check_id like any(${parameter}::text[])`, patterns);
  }
  if (filter.idPrefix !== undefined) add((parameter) => `starts_with(f.id, ${parameter})`, filter.idPrefix);
  if (filter.resource !== undefined) add((parameter) => `f.resource = ${parameter}`, filter.resource);
  if (filter.text !== undefined && filter.text !== '') {
    const pattern = `%${escapeLike(filter.text)}%`;
    add(
      (p) => `(f.title ilike ${p} or f.reason ilike ${p} or f.resource ilike ${p} or f.check_id ilike ${p})`,
      pattern,
    );
  }
  return { text: parts.join(' and '), values };
}

/** Where a page ends: opaque to callers. */
export type FindingCursor = string;

/** Among findings of one severity: what just began to be wrong, what is wrong still, what needs nobody. */
const statesByUrgency = [
  'new',
  'reopened',
  'open',
  'muted',
  'resolved',
  'ended',
] as const satisfies readonly FindingState[];

/** A severity and a state, in the order of urgency. */
const groups = severities.flatMap((severity) => statesByUrgency.map((state) => ({ severity, state })));

/** A place in the order: the group, then the rest of the order's columns. */
type Position = readonly [group: number, check: string, account: string, region: string, id: string];

function positionOf({ severity, state, check, account, region, id }: StoredFinding): Position {
  const group = groups.findIndex((one) => one.severity === severity && one.state === state);
  return [group, check, account, region, id];
}

function decode(cursor: FindingCursor): Position {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [group, ...rest] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
    if (typeof group === 'number' && rest.length === 4 && rest.every((part) => typeof part === 'string'))
      return [group, ...rest] as unknown as Position;
  } catch {
    // Falls through to the refusal.
  }
  throw new UsageError('The page marker is not valid.', { hint: 'Use the `next` of the page before, unchanged.' });
}

async function readGroup(
  store: Store,
  where: Where,
  group: (typeof groups)[number],
  after: Position | undefined,
  limit: number,
): Promise<StoredFinding[]> {
  const values: unknown[] = [...where.values, group.severity, group.state, limit];
  const parameter = (back: number): string => `$${values.length - back}`;
  const [severity, state, count] = [parameter(2), parameter(1), parameter(0)];
  let keyset = '';
  if (after !== undefined) {
    values.push(...after.slice(1));
    keyset = `and (f.check_id, f.account, f.region, f.id) > (${parameter(3)}, ${parameter(2)}, ${parameter(1)}, ${parameter(0)})`;
  }
  const { rows } = await store.pool.query<FindingRow>(
    `select ${findingColumns} from finding f
      where ${where.text} and f.severity = ${severity} and f.state = ${state} ${keyset}
      order by f.check_id, f.account, f.region, f.id limit ${count}`,
    values,
  );
  return rows.map(findingOf);
}

export interface FindingPage {
  findings: StoredFinding[];
  /** Undefined after the last page. */
  next: FindingCursor | undefined;
}

/**
 * A page of findings, most urgent first: by severity, then what is new or reopened, then by check, account and region,
 * so that what is wrong for one cause stands together.
 * @param page `limit` 1 to 10,000, default 100; `after` is the `next` of the page before
 * @throws UsageError when `after` is not such a marker
 */
export async function listFindings(
  store: Store,
  scope: ReadScope,
  filter: FindingFilter = {},
  page: { limit?: number | undefined; after?: FindingCursor | undefined } = {},
): Promise<FindingPage> {
  const limit = Math.min(Math.max(Math.trunc(page.limit ?? 100), 1), 10_000);
  const start = page.after === undefined ? undefined : decode(page.after);
  const where = whereOf(scope, filter);
  const findings: StoredFinding[] = [];
  for (const [rank, group] of groups.entries()) {
    if (rank < (start?.[0] ?? 0)) continue;
    if (filter.severities?.includes(group.severity) === false || filter.states?.includes(group.state) === false)
      continue;
    const after = rank === start?.[0] ? start : undefined;
    findings.push(...(await readGroup(store, where, group, after, limit + 1 - findings.length)));
    if (findings.length > limit) break;
  }
  const more = findings.length > limit;
  const shown = more ? findings.slice(0, limit) : findings;
  const last = shown.at(-1);
  const next = last === undefined ? '' : Buffer.from(JSON.stringify(positionOf(last))).toString('base64url');
  return { findings: shown, next: more ? next : undefined };
}

const pageSize = 1000;

/**
 * The findings of a filter, most urgent first, a page at a time in memory.
 * @param limit how many at most; default all
 */
export async function* streamFindings(
  store: Store,
  scope: ReadScope,
  filter: FindingFilter = {},
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<StoredFinding> {
  let after: FindingCursor | undefined;
  let left = limit;
  do {
    const page = await listFindings(store, scope, filter, { limit: Math.min(pageSize, left), after });
    yield* page.findings;
    left -= page.findings.length;
    after = page.next;
  } while (after !== undefined && left > 0);
}

export interface FindingCounts {
  total: number;
  bySeverity: Record<Severity, number>;
  byState: Record<FindingState, number>;
  /** Severities of each account that has findings. */
  byAccount: Map<string, Record<Severity, number>>;
}

const none = <K extends string>(keys: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

/** Counts by severity, state and account. */
export async function countFindings(
  store: Store,
  scope: ReadScope,
  filter: FindingFilter = {},
): Promise<FindingCounts> {
  const where = whereOf(scope, filter);
  const { rows } = await store.pool.query<{ account: string; severity: Severity; state: FindingState; n: number }>(
    `select f.account, f.severity, f.state, count(*) as n from finding f where ${where.text} group by 1, 2, 3 order by 1`,
    where.values,
  );
  const counts: FindingCounts = {
    total: 0,
    bySeverity: none(severities),
    byState: none(findingStates),
    byAccount: new Map(),
  };
  for (const { account, severity, state, n } of rows) {
    const ofAccount = counts.byAccount.get(account) ?? none(severities);
    counts.byAccount.set(account, ofAccount);
    ofAccount[severity] += n;
    counts.total += n;
    counts.bySeverity[severity] += n;
    counts.byState[state] += n;
  }
  return counts;
}

interface TransitionRow {
  finding: string;
  at: string;
  from_state: FindingState | null;
  to_state: FindingState;
  cause: StoredTransition['cause'];
  actor: string;
  disposition: StoredTransition['disposition'];
  scan: string | null;
}

/** The history of a finding, oldest first; empty when the caller may not see it or there is none. */
export async function findingHistory(store: Store, scope: ReadScope, id: string): Promise<StoredTransition[]> {
  const where = whereOf(scope, { ids: [id] });
  const { rows } = await store.pool.query<TransitionRow>(
    `select t.finding, t.at, t.from_state, t.to_state, t.cause, t.actor, t.disposition, t.scan
       from finding f join finding_transition t on t.organization_id = f.organization_id and t.finding = f.id
      where ${where.text} order by t.id`,
    where.values,
  );
  return rows.map(({ from_state: from, to_state: to, ...rest }) => ({ ...rest, from, to }));
}
