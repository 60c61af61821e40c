// Which account may act in, or reads from, which other: as far as collected evidence shows it.

import { createHash } from 'node:crypto';
import { isAccountId, parseArn } from '../../domain/arn.ts';
import type { Organization } from '../../domain/account.ts';
import { type Evidence, isUnread } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/json.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { KmsGrant } from '../../domain/resources/kms.ts';
import type { Store } from '../../platform/store/contract.ts';
import { storableJson } from '../../platform/store/storable.ts';
import { type PolicyDocument, parsePolicy } from '../identity/index.ts';

export const relationshipKinds = [
  'role-trust',
  'resource-policy',
  'key-grant',
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

/** What one account receives. */
interface Received {
  principals: Set<string>;
  conditional: boolean;
}

function receive(accounts: Map<string, Received>, account: string, named: string, conditional: boolean): void {
  const found = accounts.get(account) ?? { principals: new Set(), conditional: true };
  found.principals.add(named);
  found.conditional &&= conditional;
  accounts.set(account, found);
}

/** The account of a principal as policies and grants name it; undefined for services and unique ids. */
function accountNamed(principal: string): string | undefined {
  return isAccountId(principal) ? principal : parseArn(principal)?.account || undefined;
}

function accountsOf(document: PolicyDocument): Map<string, Received> {
  const accounts = new Map<string, Received>();
  for (const statement of document.statements) {
    const { effect, sound, principals, conditions } = statement;
    if (effect !== 'Allow' || !sound || principals === undefined || principals.not) continue;
    for (const entry of principals.entries) {
      if (entry.kind !== 'everyone' && entry.kind !== 'AWS') continue;
      const named = entry.kind === 'everyone' ? '*' : entry.value;
      const account = named === '*' ? '*' : accountNamed(named);
      if (account !== undefined) receive(accounts, account, named, conditions.length > 0);
    }
  }
  return accounts;
}

/** Whom the grants of a key name. Constraints count as conditions. */
function granteesOf(grants: readonly KmsGrant[]): Map<string, Received> {
  const accounts = new Map<string, Received>();
  for (const { granteePrincipal, encryptionContextSubset, encryptionContextEquals, sourceArn } of grants) {
    const account = accountNamed(granteePrincipal);
    const pairs = Object.keys({ ...encryptionContextSubset, ...encryptionContextEquals });
    const conditional = pairs.length > 0 || encryptionContextEquals !== null || sourceArn !== null;
    if (account !== undefined) receive(accounts, account, granteePrincipal, conditional);
  }
  return accounts;
}

interface StatedPolicy {
  /** The resource whose policy it is. */
  arn: string;
  text: Evidence<string | null>;
  kind: 'trust' | 'resource';
}

function policiesOf(resource: AnyResource): readonly StatedPolicy[] {
  const { arn } = resource;
  switch (resource.type) {
    case 'AWS::IAM::Role':
      return [{ arn, text: resource.config.trustPolicy, kind: 'trust' }];
    case 'AWS::Lambda::Function': {
      const { policy, aliases } = resource.config;
      // Each alias has a policy of its own: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
      const ofAliases = isUnread(aliases) ? [] : aliases;
      return [
        { arn, text: policy, kind: 'resource' },
        ...ofAliases.map((alias): StatedPolicy => {
          return { arn: `${arn}:${alias.name}`, text: alias.policy, kind: 'resource' };
        }),
      ];
    }
    case 'AWS::S3::Bucket':
    case 'AWS::S3::AccessPoint':
    case 'AWS::KMS::Key':
    case 'AWS::SNS::Topic':
    case 'AWS::SQS::Queue':
    case 'AWS::ECR::Repository':
    case 'AWS::OpenSearchService::Domain':
    case 'AWS::SecretsManager::Secret':
      return [{ arn, text: resource.config.policy, kind: 'resource' }];
    default:
      return [];
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
  const one = (kind: RelationshipKind, to: string, received?: Received, arn = resource.arn): Relationship => ({
    from,
    to,
    kind,
    resource: arn,
    principals: [...(received?.principals ?? [])].sort().slice(0, 10),
    conditional: received?.conditional ?? false,
  });
  const found: Relationship[] = [];
  for (const { arn, text, kind } of policiesOf(resource)) {
    if (isUnread(text) || text === null) continue;
    const document = parsePolicy(text, { name: arn, kind });
    for (const [to, received] of accountsOf(document)) {
      found.push(one(kind === 'trust' ? 'role-trust' : 'resource-policy', to, received, arn));
    }
  }
  if (resource.type === 'AWS::KMS::Key' && !isUnread(resource.config.grants)) {
    for (const [to, received] of granteesOf(resource.config.grants ?? [])) found.push(one('key-grant', to, received));
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
