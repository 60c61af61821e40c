// The resource's side of a question: who owns it, its policy, and what S3 and KMS add to that.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import { isUnread, type Evidence } from '../../../domain/evidence.ts';
import { isRoleAssumption } from '../policy/judge-resource.ts';
import { admittedAccounts } from '../questions/admitted.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import type { StoredResource } from './identity-rows.ts';
import { grantsOf, withUnreadGrants } from './key-grants.ts';
import { kindOf, mayHavePolicy } from './resource-kinds.ts';
import { emptyOf, sourceOf, unreadOf, type ResourceEvidence } from './resource-facts.ts';
import { keySentence, readsValue, withKey } from './secret-key.ts';
import { ofAccessPoint, ofBucket } from './s3-evidence.ts';
import { documentOf, unreadPolicy, type SecretKey, type SourcePolicy } from './source-policy.ts';

/** Reads what the evidence has of a resource. `account` is given where the asker knows who owns it. */
export async function resourceEvidence(
  reader: EvidenceReader,
  arn: string,
  action: string,
  account?: string,
): Promise<ResourceEvidence> {
  const none = { ...emptyOf(arn), account };
  if (arn === '*') return none;
  const kind = kindOf(arn);
  if (kind === undefined) return uncollected(reader, { ...none, account: account ?? accountIn(arn) }, action);
  const { keptAs } = kind;
  const row = (await reader.resource(keptAs)) ?? (await bySecretName(reader, keptAs));
  if (row === undefined)
    return await absent(reader, { ...none, account: account ?? accountIn(arn) }, kind.kind.service);
  const base = { ...none, account: row.account, found: 'found' as const };
  if (row.type === 'AWS::S3::Bucket') {
    return await ofBucket(reader, base, row as unknown as StoredResource<'AWS::S3::Bucket'>);
  }
  if (row.type === 'AWS::S3::AccessPoint') {
    return await ofAccessPoint(reader, base, row as unknown as StoredResource<'AWS::S3::AccessPoint'>);
  }
  const tags = isUnread(row.tags) ? {} : row.tags;
  if (row.type === 'AWS::IAM::Role') {
    const trust = (row as unknown as StoredResource<'AWS::IAM::Role'>).config.trustPolicy;
    const policy = isRoleAssumption(action)
      ? sourceOf(trust, `the trust policy of role ${row.name}`, 'trust')
      : undefined;
    return { ...base, policy, tags };
  }
  const { policy } = row.config as { policy?: Evidence<string | null> };
  if (row.type === 'AWS::KMS::Key')
    return ofKey({ ...base, tags }, row as unknown as StoredResource<'AWS::KMS::Key'>, action);
  if (row.type === 'AWS::SecretsManager::Secret')
    return await ofSecret(
      reader,
      { ...base, tags },
      row as unknown as StoredResource<'AWS::SecretsManager::Secret'>,
      action,
    );
  if (row.type === 'AWS::Lambda::Function')
    return { ...base, policy: policyOfFunction(arn, row as unknown as StoredResource<'AWS::Lambda::Function'>), tags };
  return { ...base, policy: sourceOf(policy ?? null, `the policy of ${kind.kind.word} ${row.name}`), tags };
}

function accountIn(arn: string): string | undefined {
  const account = parseArn(arn)?.account ?? '';
  return isAccountId(account) ? account : undefined;
}

/** A resource of a type that is not collected: its policy is not known, if its service has such policies. */
function uncollected(
  reader: EvidenceReader,
  resource: ResourceEvidence,
  action: string,
): Promise<ResourceEvidence> | ResourceEvidence {
  const arn = parseArn(resource.arn);
  if (arn?.service === 'kms' && arn.resource.startsWith('alias/')) return ofAlias(reader, resource, action);
  if (!mayHavePolicy(resource.arn)) return { ...resource, found: 'not-collected' };
  return unreadOf(resource, 'resources of this type are not collected', 'not-collected');
}

/** A resource of a type that is collected, but not in the evidence. */
async function absent(reader: EvidenceReader, resource: ResourceEvidence, service: string): Promise<ResourceEvidence> {
  const { account } = resource;
  const known = account === undefined ? undefined : reader.accounts.get(account);
  if (account !== undefined && known === undefined) {
    return unreadOf(resource, `account ${account} is not in the organisation`, 'unread');
  }
  if (known !== undefined) {
    const why =
      (await reader.gap(known.account.id, service, parseArn(resource.arn)?.region ?? '')) ??
      (known.reading.identities === 'read' ? undefined : known.reading.why);
    if (why !== undefined) return unreadOf(resource, why, 'unread');
  }
  return { ...resource, found: 'missing' };
}

/** An alias stands for its key. */
async function ofAlias(reader: EvidenceReader, resource: ResourceEvidence, action: string): Promise<ResourceEvidence> {
  const arn = parseArn(resource.arn);
  if (arn === undefined || resource.account === undefined) return resource;
  const keys = await reader.byName('AWS::KMS::Key', resource.account);
  const key = keys.find(({ region, config }) => {
    return region === arn.region && !isUnread(config.aliases) && config.aliases.includes(arn.resource);
  });
  if (key === undefined) return await absent(reader, resource, 'kms');
  return ofKey({ ...resource, found: 'found' }, key, action);
}

/**
 * Every key has a policy; that of a key which AWS manages is not read, and no other account can use such a key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
function ofKey(
  base: ResourceEvidence,
  { name, config }: StoredResource<'AWS::KMS::Key'>,
  action: string,
): ResourceEvidence {
  const { kmsGrants, unknown, unread } = grantsOf(config, action);
  const key = { ...base, kmsGrants, unknown };
  if (config.policy === null) {
    const title = `the policy of key ${name}`;
    const about = { title, name: title, arn: undefined, kind: 'resource', attachedTo: `key ${name}` } as const;
    const own = { StringEquals: { 'kms:CallerAccount': base.account ?? '' } };
    return { ...key, policy: unreadPolicy(about, 'policies of keys that AWS manages are not collected', own) };
  }
  const policy = sourceOf(config.policy, `the policy of key ${name}`);
  if (policy === undefined || unread === undefined) return { ...key, policy };
  return { ...key, policy: withUnreadGrants(policy, { title: `the grants of key ${name}`, unread }) };
}

/**
 * The secret of an ARN without the six characters at its end, which AWS takes as well:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
async function bySecretName(reader: EvidenceReader, arn: string): Promise<StoredResource | undefined> {
  const { service, account = '', region, resource = '' } = parseArn(arn) ?? {};
  if (service !== 'secretsmanager') return undefined;
  const named = await reader.byName('AWS::SecretsManager::Secret', account, [resource.replace(/^secret:/, '')]);
  return named.find((one) => one.region === region) as unknown as StoredResource | undefined;
}

/** Permissions speak of a secret by its whole ARN, and so does the answer. */
async function ofSecret(
  reader: EvidenceReader,
  base: ResourceEvidence,
  { arn, account, name, config }: StoredResource<'AWS::SecretsManager::Secret'>,
  action: string,
): Promise<ResourceEvidence> {
  const policy = sourceOf(config.policy, `the policy of secret ${name}`);
  const deleted =
    config.deletedAt === null
      ? []
      : ['The secret is scheduled for deletion: until it is restored, its value is given to nobody.'];
  if (!readsValue(action)) return { ...base, arn, policy, unknown: deleted };
  const key = await keyOfSecret(reader, arn, account, config.kmsKeyId);
  return { ...base, arn, policy: policy && withKey(policy, key), unknown: [...deleted, keySentence(key)] };
}

async function keyOfSecret(
  reader: EvidenceReader,
  secret: string,
  account: string,
  id: string | null,
): Promise<SecretKey> {
  if (id === null || id.endsWith('alias/aws/secretsmanager')) return { account, arn: null, admitted: new Set() };
  const { partition = 'aws', region = '' } = parseArn(secret) ?? {};
  const plain = id.startsWith('alias/') ? id : `key/${id}`;
  const arn = id.startsWith('arn:') ? id : `arn:${partition}:kms:${region}:${account}:${plain}`;
  const key = await resourceEvidence(reader, arn, 'kms:Decrypt');
  const known = key.found === 'found' && key.policy !== undefined;
  return { account, arn, admitted: known ? admittedAccounts([documentOf(key.policy)], [], key.kmsGrants) : 'everyone' };
}

/**
 * Each alias and each version has a policy of its own: https://docs.aws.amazon.com/lambda/latest/dg/permissions-granting-access.html
 */
function policyOfFunction(
  arn: string,
  { name, config }: StoredResource<'AWS::Lambda::Function'>,
): SourcePolicy | undefined {
  const qualifier = parseArn(arn)?.resource.split(':')[2];
  if (qualifier === undefined || qualifier === '$LATEST')
    return sourceOf(config.policy, `the policy of function ${name}`);
  const title = `the policy of function ${name}:${qualifier}`;
  // Functions that were read before aliases were collected have none in the store.
  const aliases = config.aliases as typeof config.aliases | undefined;
  if (isUnread(aliases)) return sourceOf(aliases, title);
  const alias = aliases?.find((one) => one.name === qualifier);
  if (alias !== undefined) return sourceOf(alias.policy, title);
  const about = { title, name: title, arn: undefined, kind: 'resource', attachedTo: arn } as const;
  return unreadPolicy(about, 'policies of versions are not collected');
}
