// The policies of a user or role, put together from rows of the store.

import { isUnread } from '../../../domain/evidence.ts';
import type { AttachedPolicy, InlinePolicy } from '../../../domain/resources/iam.ts';
import type { IdentityRows, StoredResource } from './identity-rows.ts';
import { unreadPolicy, type SourcePolicy } from './source-policy.ts';

export interface PrincipalEvidence {
  readonly arn: string;
  readonly account: string;
  readonly type: 'user' | 'role';
  /** Own policies first, then those of groups. */
  readonly identity: readonly SourcePolicy[];
  readonly permissionsBoundary: SourcePolicy | undefined;
  /** Undefined where they could not be read. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** ISO 8601: when AWS answered. */
  readonly collectedAt: string;
}

/** Puts the policies of one principal together. Policies and groups that are not among the rows stand as unread. */
export function principalEvidence(
  row: IdentityRows['principals'][number],
  rows: Pick<IdentityRows, 'groups' | 'policies'>,
): PrincipalEvidence {
  const isUser = row.type === 'AWS::IAM::User';
  const own = `${isUser ? 'user' : 'role'} ${row.name}`;
  const { config } = row;
  const groups = isUser ? (row as StoredResource<'AWS::IAM::User'>).config.groups : [];
  const identity = [
    ...attachments(own, config, rows.policies),
    ...groups.flatMap((name) => {
      const group = rows.groups.get(name);
      if (group !== undefined) return attachments(`group ${name}`, group.config, rows.policies);
      const title = `the policies of group ${name}`;
      const about = { title, name: title, arn: undefined, kind: 'identity', attachedTo: `group ${name}` } as const;
      return [unreadPolicy(about, 'the group is not in the evidence')];
    }),
  ];
  const boundary = config.permissionsBoundaryArn;
  return {
    arn: row.arn,
    account: row.account,
    type: isUser ? 'user' : 'role',
    identity,
    permissionsBoundary: boundary === null ? undefined : managed(boundary, own, 'permissions-boundary', rows.policies),
    tags: isUnread(row.tags) ? undefined : row.tags,
    collectedAt: row.collectedAt,
  };
}

interface Attaching {
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

function attachments(owner: string, config: Attaching, policies: IdentityRows['policies']): SourcePolicy[] {
  return [
    ...config.inlinePolicies.map(({ name, document }): SourcePolicy => ({
      title: `${name} (inline policy of ${owner})`,
      name,
      arn: undefined,
      kind: 'identity',
      attachedTo: owner,
      text: document,
    })),
    ...config.attachedPolicies.map(({ arn }) => managed(arn, owner, 'identity', policies)),
  ];
}

function managed(
  arn: string,
  owner: string,
  kind: 'identity' | 'permissions-boundary',
  policies: IdentityRows['policies'],
): SourcePolicy {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const title = kind === 'identity' ? `${name} (attached to ${owner})` : `${name} (permissions boundary of ${owner})`;
  const about = { title, name, arn, kind, attachedTo: owner };
  const row = policies.get(arn);
  if (row === undefined) return unreadPolicy(about, 'its document is not in the evidence');
  return { ...about, text: row.config.document };
}

/** Stands for the policies of somebody of whom nothing could be read. */
export function unknownIdentity(arn: string, why: string): SourcePolicy {
  const title = `the policies of ${arn}`;
  return unreadPolicy({ title, name: title, arn: undefined, kind: 'identity', attachedTo: arn }, why);
}
