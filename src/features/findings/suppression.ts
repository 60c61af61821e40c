// A suppression: a rule with an owner, a reason and an end.

import type { PoolClient } from 'pg';
import type { JudgedVerdict, StoredFinding } from './contract.ts';
import { type SuppressionRule, type SuppressionSubject, compileRule } from './suppression-rule.ts';

export interface Suppression {
  id: string;
  organization: string;
  owner: string;
  reason: string;
  /** ISO 8601. From then on it mutes nothing. */
  expiresAt: string;
  rule: SuppressionRule;
  createdAt: string;
  createdBy: string;
  revokedAt: string | null;
  revokedBy: string | null;
}

interface SuppressionRow {
  id: string;
  organization_id: string;
  owner: string;
  reason: string;
  expires_at: string;
  rule: SuppressionRule;
  created_at: string;
  created_by: string;
  revoked_at: string | null;
  revoked_by: string | null;
}

function suppressionOf(row: SuppressionRow): Suppression {
  return {
    id: row.id,
    organization: row.organization_id,
    owner: row.owner,
    reason: row.reason,
    expiresAt: row.expires_at,
    rule: row.rule,
    createdAt: row.created_at,
    createdBy: row.created_by,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}

/** All suppressions of an organisation, the newest last, ended ones included. */
export async function readSuppressions(
  client: Pick<PoolClient, 'query'>,
  organization: string,
): Promise<Suppression[]> {
  const { rows } = await client.query<SuppressionRow>(
    'select * from suppression where organization_id = $1 order by created_at, id',
    [organization],
  );
  return rows.map(suppressionOf);
}

/** True when it mutes at `at`. */
export function isActive(suppression: Suppression, at: string): boolean {
  return suppression.revokedAt === null && suppression.expiresAt > at;
}

export type Suppressor = (subject: SuppressionSubject) => Suppression | undefined;

/** The first suppression in force at `at` that mutes a subject. */
export function suppressorOf(suppressions: readonly Suppression[], at: string): Suppressor {
  const active = suppressions
    .filter((one) => isActive(one, at))
    .map((suppression) => ({ suppression, matches: compileRule(suppression.rule) }));
  return (subject) => active.find(({ matches }) => matches(subject))?.suppression;
}

export function subjectOfVerdict(verdict: JudgedVerdict, account: string): SuppressionSubject {
  const { findingId, check, region, resource, tags } = verdict;
  return { finding: findingId, check, account, region, resource, tags };
}

export function subjectOfFinding(
  finding: StoredFinding,
  tags: Readonly<Record<string, string>> | undefined,
): SuppressionSubject {
  const { id, check, account, region, resource } = finding;
  return { finding: id, check, account, region, resource, tags };
}
