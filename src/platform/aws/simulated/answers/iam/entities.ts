// IAM: users, groups, roles and policies one kind at a time.

import type * as sdk from '@aws-sdk/client-iam';
import type { AttachedPolicy, Role as SdkRole, User as SdkUser } from '@aws-sdk/client-iam';
import type { Answers, Call } from '../../call.ts';
import type { ManagedPolicy, PolicyDocument, Role, User } from '../../model/iam/state.ts';
import { page } from '../../pages.ts';
import { refuse } from '../../refusal.ts';

const most = 100;

/** Documents travel percent-encoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export function encoded(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}

export function noSuchEntity(what: string): never {
  return refuse('NoSuchEntity', what, { status: 404 });
}

export function tagsOf(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.keys(tags).map((Key) => ({ Key, Value: tags[Key] ?? '' }));
}

export function attachedOf(call: Call, arns: readonly string[]): AttachedPolicy[] {
  return arns.map((PolicyArn) => ({
    PolicyArn,
    PolicyName: call.account.iam.policies.get(PolicyArn)?.name ?? PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
  }));
}

export function policyOf(call: Call, arn: string | undefined): ManagedPolicy {
  return call.account.iam.policies.get(arn ?? '') ?? noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}

interface Attachments {
  users: string[];
  groups: string[];
  roles: string[];
  boundaries: number;
}

export function attachmentsOf(call: Call, arn: string): Attachments {
  const { users, groups, roles } = call.account.iam;
  const holders = (entities: Iterable<{ name: string; attached: readonly string[] }>): string[] =>
    [...entities].filter((entity) => entity.attached.includes(arn)).map((entity) => entity.name);
  return {
    users: holders(users.values()),
    groups: holders(groups.values()),
    roles: holders(roles.values()),
    boundaries: [...users.values(), ...roles.values()].filter((entity) => entity.boundary === arn).length,
  };
}

export function policySummary(call: Call, policy: ManagedPolicy): sdk.Policy {
  const { users, groups, roles, boundaries } = attachmentsOf(call, policy.arn);
  const { calendar } = call.world;
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: users.length + groups.length + roles.length,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: calendar.ago(policy.updated + 30),
    UpdateDate: calendar.ago(policy.updated),
  };
}

function userOf(call: Call, user: User): SdkUser {
  const { calendar } = call.world;
  return {
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    Path: user.path,
    CreateDate: calendar.ago(user.created),
    PasswordLastUsed: user.password?.used === undefined ? undefined : calendar.ago(user.password.used),
  };
}

function roleOf(call: Call, role: Role): SdkRole {
  return {
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    Path: role.path,
    CreateDate: call.world.calendar.ago(role.created),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    Description: role.description,
    MaxSessionDuration: 3600,
  };
}

export const entities: Answers<typeof sdk> = {
  ListUsers: (input, call) => {
    const { items, next } = page(
      [...call.account.iam.users.values()],
      input.Marker,
      input.MaxItems,
      most,
      'ValidationError',
    );
    return { Users: items.map((user) => userOf(call, user)), IsTruncated: next !== undefined, Marker: next };
  },
  ListRoles: (input, call) => {
    const { items, next } = page(
      [...call.account.iam.roles.values()],
      input.Marker,
      input.MaxItems,
      most,
      'ValidationError',
    );
    return { Roles: items.map((role) => roleOf(call, role)), IsTruncated: next !== undefined, Marker: next };
  },
  ListPolicies: (input, call) => {
    const policies = [...call.account.iam.policies.values()].filter((policy) => {
      if (input.Scope === 'Local' && policy.awsManaged) return false;
      if (input.Scope === 'AWS' && !policy.awsManaged) return false;
      if (input.OnlyAttached !== true) return true;
      const { users, groups, roles } = attachmentsOf(call, policy.arn);
      return users.length + groups.length + roles.length > 0;
    });
    const { items, next } = page(policies, input.Marker, input.MaxItems, most, 'ValidationError');
    return {
      Policies: items.map((policy) => policySummary(call, policy)),
      IsTruncated: next !== undefined,
      Marker: next,
    };
  },
  GetPolicy: (input, call) => {
    const policy = policyOf(call, input.PolicyArn);
    return { Policy: { ...policySummary(call, policy), Description: policy.description, Tags: [] } };
  },
  GetPolicyVersion: (input, call) => {
    const policy = policyOf(call, input.PolicyArn);
    if (input.VersionId !== 'v1')
      noSuchEntity(`Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`);
    return {
      PolicyVersion: {
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: call.world.calendar.ago(policy.updated),
        Document: encoded(policy.document),
      },
    };
  },
  ListPolicyTags: (input, call) => {
    policyOf(call, input.PolicyArn);
    return { Tags: [], IsTruncated: false };
  },
  ListEntitiesForPolicy: (input, call) => {
    // AWS's own policies exist whether or not the account uses them.
    const arn = input.PolicyArn ?? '';
    if (!arn.startsWith('arn:aws:iam::aws:policy/')) policyOf(call, arn);
    const { users, groups, roles } = attachmentsOf(call, arn);
    const wanted = (kind: string): boolean => input.EntityFilter === undefined || input.EntityFilter === kind;
    const { iam } = call.account;
    return {
      PolicyUsers: wanted('User') ? users.map((UserName) => ({ UserName, UserId: iam.users.get(UserName)?.id })) : [],
      PolicyGroups: wanted('Group')
        ? groups.map((GroupName) => ({ GroupName, GroupId: iam.groups.get(GroupName)?.id }))
        : [],
      PolicyRoles: wanted('Role') ? roles.map((RoleName) => ({ RoleName, RoleId: iam.roles.get(RoleName)?.id })) : [],
      IsTruncated: false,
    };
  },
  ListAttachedUserPolicies: (input, call) => {
    const user = call.account.iam.users.get(input.UserName ?? '');
    if (user === undefined) return noSuchEntity(`The user with name ${input.UserName} cannot be found.`);
    return { AttachedPolicies: attachedOf(call, user.attached), IsTruncated: false };
  },
};
