// Suppressions in the store: creating with a look beforehand, revoking, and letting them expire.

import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { UsageError } from '../../domain/errors.ts';
import { storableJson, storableText } from '../../platform/store/storable.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { ReadScope, StoredFinding } from './contract.ts';
import { type Step, mute, unmute } from './lifecycle.ts';
import { whereOf } from './query.ts';
import { type Client, type FindingRow, findingColumns, findingOf, writeFindings } from './rows.ts';
import { type SuppressionRule, compileRule, parseSuppressionRule } from './suppression-rule.ts';
import { type Suppression, isActive, readSuppressions, subjectOfFinding, suppressorOf } from './suppression.ts';

type Tags = Readonly<Record<string, string>>;
type Row = FindingRow & { tags: Tags | { $unread: unknown } | null };

const pageSize = 5000;

/** Findings that are not over, with the tags of their resources as far as they were read; a page at a time. */
async function* readActive(
  client: Client,
  scope: ReadScope,
  lock: boolean,
): AsyncGenerator<[StoredFinding, Tags | undefined]> {
  const where = whereOf(scope, { states: ['new', 'open', 'reopened', 'muted'] });
  const next = `$${where.values.length + 1}`;
  for (let after = ''; ;) {
    const { rows } = await client.query<Row>(
      `select ${findingColumns}, v.tags from finding f
         left join lateral (
           select version.tags from resource
             join resource_version version
               on version.organization_id = resource.organization_id and version.hash = resource.hash
            where resource.organization_id = f.organization_id and resource.account = f.account
              and resource.region = f.region and resource.type = f.resource_type and resource.arn = f.resource
         ) v on true
        where ${where.text} and f.id > ${next} order by f.id limit ${pageSize} ${lock ? 'for update of f' : ''}`,
      [...where.values, after],
    );
    for (const row of rows) {
      const tags = row.tags === null || '$unread' in row.tags ? undefined : (row.tags as Tags);
      yield [findingOf(row), tags];
    }
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.id ?? '';
  }
}

/** What a rule would mute now: a dry run that writes nothing. Findings that are muted already are left out. */
export async function previewSuppression(
  store: Store,
  scope: ReadScope,
  rule: SuppressionRule,
): Promise<StoredFinding[]> {
  const matches = compileRule(rule);
  const found: StoredFinding[] = [];
  for await (const [finding, tags] of readActive(store.pool, scope, false)) {
    if (finding.state !== 'muted' && matches(subjectOfFinding(finding, tags))) found.push(finding);
  }
  return found;
}

export interface NewSuppression {
  owner: string;
  reason: string;
  /** ISO 8601, after `at`. */
  expiresAt: string;
  rule: unknown;
}

function checked(given: NewSuppression, at: string): NewSuppression & { rule: SuppressionRule } {
  const owner = storableText(given.owner.trim()).slice(0, 200);
  const reason = storableText(given.reason.trim()).slice(0, 2000);
  if (owner === '' || reason === '') {
    throw new UsageError('A suppression needs an owner and a reason.', { hint: 'Add --owner and --reason.' });
  }
  const expires = new Date(given.expiresAt);
  if (Number.isNaN(expires.getTime()) || expires.toISOString() <= at) {
    throw new UsageError(`A suppression needs an end in the future; ${JSON.stringify(given.expiresAt)} is none.`, {
      hint: 'Give a date such as 2027-03-31 with --expires.',
    });
  }
  return { owner, reason, expiresAt: expires.toISOString(), rule: parseSuppressionRule(given.rule) };
}

async function apply(
  client: PoolClient,
  organization: string,
  change: (finding: StoredFinding, tags: Tags | undefined) => Step | undefined,
): Promise<number> {
  let changed = 0;
  let steps: Step[] = [];
  const flush = async (): Promise<void> => {
    await writeFindings(
      client,
      organization,
      steps.map((step) => step.finding),
      steps.flatMap((step) => step.transitions),
    );
    changed += steps.length;
    steps = [];
  };
  for await (const [finding, tags] of readActive(client, { organization }, true)) {
    const step = change(finding, tags);
    if (step !== undefined) steps.push(step);
    if (steps.length >= pageSize) await flush();
  }
  await flush();
  return changed;
}

/**
 * Creates suppressions and mutes what they match, in one transaction.
 * @returns the suppressions, and how many findings they muted
 * @throws UsageError for a rule, an end, an owner or a reason that will not do
 */
export async function createSuppressions(
  store: Store,
  organization: string,
  given: readonly NewSuppression[],
  by: { actor: string; at: string },
): Promise<{ suppressions: Suppression[]; muted: number }> {
  const at = new Date(by.at).toISOString();
  const suppressions = given.map((one): Suppression => ({
    id: `vs-${randomUUID()}`,
    organization,
    ...checked(one, at),
    createdAt: at,
    createdBy: storableText(by.actor).slice(0, 200),
    revokedAt: null,
    revokedBy: null,
  }));
  const find = suppressorOf(suppressions, at);
  return await store.transaction(async (client) => {
    await client.query(
      `insert into suppression (id, organization_id, owner, reason, expires_at, rule, created_at, created_by)
       select s.id, $1, s.owner, s.reason, s."expiresAt", s.rule, s."createdAt", s."createdBy"
         from jsonb_to_recordset($2::jsonb) as s(id text, owner text, reason text, "expiresAt" timestamptz, rule jsonb,
           "createdAt" timestamptz, "createdBy" text)`,
      [organization, storableJson(suppressions)],
    );
    const muted = await apply(client, organization, (finding, tags) => {
      const match = finding.state === 'muted' ? undefined : find(subjectOfFinding(finding, tags));
      return match && mute(finding, { suppression: match.id, actor: match.createdBy }, at, null);
    });
    return { suppressions, muted };
  });
}

/** All suppressions of an organisation, ended ones included. */
export async function listSuppressions(store: Store, organization: string): Promise<Suppression[]> {
  return await readSuppressions(store.pool, organization);
}

/** Opens what no suppression in force mutes any more, or hands it to another one that does. */
async function release(client: PoolClient, organization: string, actor: string, at: string): Promise<number> {
  const suppressions = await readSuppressions(client, organization);
  const find = suppressorOf(suppressions, at);
  const active = new Set(suppressions.filter((one) => isActive(one, at)).map((one) => one.id));
  const revoked = new Set(suppressions.filter((one) => one.revokedAt !== null).map((one) => one.id));
  let opened = 0;
  await apply(client, organization, (finding, tags) => {
    if (finding.state !== 'muted' || finding.suppression === null || active.has(finding.suppression)) return undefined;
    const match = find(subjectOfFinding(finding, tags));
    if (match !== undefined) return mute(finding, { suppression: match.id, actor: match.createdBy }, at, null);
    opened += 1;
    return revoked.has(finding.suppression)
      ? unmute(finding, 'unmuted', actor, at, null)
      : unmute(finding, 'mute-expired', 'vedette', at, null);
  });
  return opened;
}

/**
 * Revokes a suppression and opens what it alone muted.
 * @returns how many findings are open again
 * @throws UsageError when there is none in force with this id
 */
export async function revokeSuppression(
  store: Store,
  organization: string,
  id: string,
  by: { actor: string; at: string },
): Promise<number> {
  const at = new Date(by.at).toISOString();
  return await store.transaction(async (client) => {
    const { rows } = await client.query(
      `update suppression set revoked_at = $3, revoked_by = $4
        where organization_id = $1 and id = $2 and revoked_at is null returning id`,
      [organization, id, at, storableText(by.actor).slice(0, 200)],
    );
    if (rows.length === 0) {
      throw new UsageError(`There is no suppression ${JSON.stringify(id)} in force.`, {
        hint: 'List them with "vedette findings mutes".',
      });
    }
    return await release(client, organization, by.actor, at);
  });
}

/** Opens what was muted by suppressions that have expired. Call it when a scan begins and before findings are shown. */
export async function expireSuppressions(store: Store, organization: string, now: string): Promise<number> {
  const at = new Date(now).toISOString();
  const { rows } = await store.pool.query(
    `select f.id from finding f join suppression s on s.organization_id = f.organization_id and s.id = f.suppression
      where f.organization_id = $1 and f.state = 'muted' and (s.expires_at <= $2 or s.revoked_at is not null) limit 1`,
    [organization, at],
  );
  if (rows.length === 0) return 0;
  return await store.transaction(async (client) => await release(client, organization, 'vedette', at));
}
