// Runs cases: pure, one result a case.

import type { Answer, Decision, Wall } from './answer.ts';
import type { PolicyCase } from './case-format.ts';
import { readCase } from './case-request.ts';
import type { Effect } from './document.ts';
import { evaluate } from './evaluate.ts';
import { conditionKeys, printConditions } from './explain.ts';

/** A deciding statement; `sid` is null where the statement has none. */
export interface CaseStatement {
  readonly policy: string;
  readonly sid: string | null;
  readonly effect: Effect;
  readonly why: string;
}

export interface CaseResult {
  readonly name: string;
  readonly decision: Decision;
  readonly statements: readonly CaseStatement[];
  /** What must hold for a conditional request to be allowed, one line for each part. */
  readonly conditions: readonly string[];
  readonly conditionKeys: readonly { readonly key: string; readonly class: string }[];
  readonly wall: string | null;
  readonly change: readonly string[];
  /** Faults of the policies, as `policy place: message`. */
  readonly problems: readonly string[];
  readonly expected: PolicyCase['expect'] | null;
  /** True when the answer is as expected, or nothing was expected. */
  readonly ok: boolean;
  /** What differs from the expectation. */
  readonly differences: readonly string[];
}

/**
 * Evaluates one case and holds the answer against its expectation.
 *
 * @throws UsageError when the request cannot be read
 */
export function runCase(given: PolicyCase): CaseResult {
  const { request, policies } = readCase(given);
  const answer = evaluate(request, policies);
  const conditions = printConditions(answer);
  const differences = given.expect ? compare(given.expect, answer, conditions) : [];
  return {
    name: given.name,
    decision: answer.decision,
    statements: answer.statements.map(({ policy, sid, effect, why }) => ({ policy, sid: sid ?? null, effect, why })),
    conditions,
    conditionKeys: conditionKeys(answer).map(({ key, keyClass }) => ({ key, class: keyClass })),
    wall: answer.wall ?? null,
    change: answer.change,
    problems: answer.problems.map(({ policy, place, message }) => `${policy}${place}: ${message}`),
    expected: given.expect ?? null,
    ok: differences.length === 0,
    differences,
  };
}

function compare(
  expected: NonNullable<PolicyCase['expect']>,
  answer: Answer,
  conditions: readonly string[],
): readonly string[] {
  const differences: string[] = [];
  const denied = answer.decision === 'implicit-deny' || answer.decision === 'explicit-deny';
  const wanted = expected.decision;
  if (wanted !== undefined && wanted !== answer.decision && !(wanted === 'denied' && denied)) {
    differences.push(`expected ${wanted}, got ${answer.decision}`);
  }
  const sids = new Set(answer.statements.map(({ sid }) => sid));
  for (const statement of expected.statements ?? []) {
    const sid = typeof statement === 'string' ? statement : statement.sid;
    if (!sids.has(sid)) differences.push(`statement ${sid} did not decide`);
  }
  const text = conditions.join('\n').toLowerCase();
  for (const condition of expected.conditions ?? []) {
    for (const part of typeof condition === 'string' ? [condition] : Object.values(condition)) {
      if (!text.includes(part.toLowerCase())) differences.push(`condition ${part} is not asked for`);
    }
  }
  const wall = expected.wall ?? '';
  if (wall !== '' && !isWall(canonicalWall(wall), answer.wall)) {
    differences.push(`expected the wall ${wall}, got ${answer.wall ?? 'none'}`);
  }
  return differences;
}

/** Key, trust and access point policies are resource policies too. */
function isWall(expected: string, found: Wall | undefined): boolean {
  if (expected === found) return true;
  return expected === 'resource-policy' && ['key-policy', 'trust-policy', 'access-point-policy'].includes(found ?? '');
}

/** Other spellings of a wall: the fields of a case, AWS's abbreviations, plurals. */
const wallNames: Readonly<Record<string, string>> = {
  boundary: 'permissions-boundary',
  'permission-boundary': 'permissions-boundary',
  identity: 'identity-policy',
  'identity-based-policy': 'identity-policy',
  session: 'session-policy',
  resource: 'resource-policy',
  'resource-based-policy': 'resource-policy',
  'bucket-policy': 'resource-policy',
  'kms-key-policy': 'key-policy',
  'role-trust-policy': 'trust-policy',
  trust: 'trust-policy',
  scp: 'service-control-policy',
  'service-control': 'service-control-policy',
  rcp: 'resource-control-policy',
  'resource-control': 'resource-control-policy',
  vpce: 'vpc-endpoint-policy',
  'vpc-endpoint': 'vpc-endpoint-policy',
  'vpce-policy': 'vpc-endpoint-policy',
  'block-public-access': 'public-access-block',
  'access-point': 'access-point-policy',
};

function canonicalWall(name: string): string {
  const kebab = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
    .replace(/ies$/, 'y');
  return wallNames[kebab] ?? wallNames[kebab.replace(/s$/, '')] ?? kebab;
}
