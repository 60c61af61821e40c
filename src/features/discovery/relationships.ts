// Which account may act in, or reads from, which other: as far as collected evidence shows it.

import { createHash } from 'node:crypto';
import { isAccountId, parseArn } from '../../domain/arn.ts';
import type { Organization } from '../../domain/account.ts';
import { type Evidence, isUnread } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/json.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { Store } from '../../platform/store/contract.ts';
import { storableJson } from '../../platform/store/storable.ts';
import { type PolicyDocument, parsePolicy } from '../identity/index.ts';

export const relationshipKinds = [
  'role-trust',
  'resource-policy',
  'snapshot-share',
  'delegated-administrator',
  'organization-trail',
  'security-administrator',
] as const;
export type RelationshipKind = (typeof relationshipKinds)[number];

/** `from` gives, `to` receives: `to` may assume a role in `from`, or read a resource of `from`. */
export interface Relationship {
  from: string;
  /** An account id, or `*` for everybody. */
  to: string;
  kind: RelationshipKind;
  /** The resource that shows it. */
  resource: string;
  /** The principals as the policy names them, at most ten. */
  principals: readonly string[];
  /** True when every grant carries conditions: what they allow is for the policy engine to say. */
  conditional: boolean;
}

function accountsOf(document: PolicyDocument): Map<string, { principals: Set<string>; conditional: boolean }> {
  const accounts = new Map<string, { principals: Set<string>; conditional: boolean }>();
  for (const statement of document.statements) {
    if (
      statement.effect !== 'Allow' ||
      !statement.sound ||
      statement.principals === undefined ||
      statement.principals.not
    )
      continue;
    for (const entry of statement.principals.entries) {
      let account: string | undefined;
      let named = '*';
      if (entry.kind === 'everyone') account = '*';
      else if (entry.kind === 'AWS') {
        named = entry.value;
        account = isAccountId(named) ? named : parseArn(named)?.account;
      }
      if (account === undefined || account === '') continue;
      const found = accounts.get(account) ?? { principals: new Set(), conditional: true };
      found.principals.add(named);
      found.conditional &&= statement.conditions.length > 0;
      accounts.set(account, found);
    }
  }
  return accounts;
}

function policyOf(resource: AnyResource): { text: Evidence<string | null>; kind: 'trust' | 'resource' } | undefined {
  switch (resource.type) {
    case 'AWS::IAM::Role':
      return { text: resource.config.trustPolicy, kind: 'trust' };
    case 'AWS::S3::Bucket':
    case 'AWS::S3::AccessPoint':
    case 'AWS::KMS::Key':
    case 'AWS::Lambda::Function':
    case 'AWS::SNS::Topic':
    case 'AWS::SQS::Queue':
    case 'AWS::ECR::Repository':
      return { text: resource.config.policy, kind: 'resource' };
    default:
      return undefined;
  }
}

function administratorOf(resource: AnyResource): string | undefined {
  if (
    resource.type === 'AWS::GuardDuty::Detector' ||
    resource.type === 'AWS::SecurityHub::Hub' ||
    resource.type === 'AWS::Macie::Session'
  ) {
    const { administratorAccount } = resource.config;
    if (!isUnread(administratorAccount) && administratorAccount !== null) return administratorAccount;
  }
  return undefined;
}

/** The relationships that one resource shows. Relations of an account to itself are left out. */
export function relationshipsOf(resource: AnyResource): Relationship[] {
  const from = resource.account;
  const one = (
    kind: RelationshipKind,
    to: string,
    principals: readonly string[] = [],
    conditional = false,
  ): Relationship => ({
    from,
    to,
    kind,
    resource: resource.arn,
    principals: principals.slice(0, 10),
    conditional,
  });
  const found: Relationship[] = [];
  const policy = policyOf(resource);
  if (policy !== undefined && !isUnread(policy.text) && policy.text !== null) {
    const document = parsePolicy(policy.text, { name: resource.arn, kind: policy.kind });
    for (const [to, grant] of accountsOf(document)) {
      found.push(
        one(
          policy.kind === 'trust' ? 'role-trust' : 'resource-policy',
          to,
          [...grant.principals].sort(),
          grant.conditional,
        ),
      );
    }
  }
  const administrator = administratorOf(resource);
  if (administrator !== undefined) found.push(one('security-administrator', administrator));
  if (resource.type === 'AWS::RDS::DBSnapshot' || resource.type === 'AWS::RDS::DBClusterSnapshot') {
    const { sharedWith } = resource.config;
    for (const to of isUnread(sharedWith) ? [] : (sharedWith ?? []))
      found.push(one('snapshot-share', to === 'all' ? '*' : to));
  }
  if (resource.type === 'AWS::CloudTrail::Trail' && resource.config.organizationTrail) {
    found.push(one('organization-trail', resource.config.ownerAccount));
  }
  return found.filter((relationship) => relationship.to !== from);
}

/** Delegations that Organizations itself states: the management account gives, the administrator receives. */
export function delegationsOf(organization: Organization): Relationship[] {
  if (isUnread(organization.delegatedAdministrators) || isUnread(organization.managementAccount)) return [];
  const from = organization.managementAccount;
  return organization.delegatedAdministrators.map((administrator) => ({
    from,
    to: administrator.account,
    kind: 'delegated-administrator',
    resource: organization.id,
    principals: isUnread(administrator.services) ? [] : administrator.services.slice(0, 10),
    conditional: false,
  }));
}

/** Writes relationships; the same one seen again only moves its time. */
export async function saveRelationships(
  client: Pick<Store['pool'], 'query'>,
  organizationId: string,
  scan: string,
  at: string,
  relationships: readonly Relationship[],
): Promise<void> {
  if (relationships.length === 0) return;
  const rows = relationships.map((relationship) => ({
    ...relationship,
    hash: createHash('sha256')
      .update(canonicalJson([relationship.resource, relationship.kind]))
      .digest('hex')
      .slice(0, 32),
    evidence: {
      resource: relationship.resource,
      principals: relationship.principals,
      conditional: relationship.conditional,
    },
  }));
  await client.query(
    `insert into relationship (organization_id, from_account, to_account, kind, evidence_hash, evidence, scan, seen_at)
     select distinct on (r."from", r."to", r.kind, r.hash) $1, r."from", r."to", r.kind, r.hash, r.evidence, $2, $3
       from jsonb_to_recordset($4::jsonb) as r("from" text, "to" text, kind text, hash text, evidence jsonb)
     on conflict (organization_id, from_account, to_account, kind, evidence_hash) do update
       set evidence = excluded.evidence, scan = excluded.scan, seen_at = excluded.seen_at`,
    [organizationId, scan, at, storableJson(rows)],
  );
}
