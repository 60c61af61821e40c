// IAM: everything about users, groups, roles and policies in pages.

import type * as sdk from '@aws-sdk/client-iam';
import type {
  EntityType,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  InstanceProfile,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import type { Answers, Call } from '../../call.ts';
import type { Group, ManagedPolicy, PolicyDocument, Role, User } from '../../model/iam/state.ts';
import { page } from '../../pages.ts';
import { attachedOf, encoded, policySummary, tagsOf } from './entities.ts';

function inlineOf(inline: ReadonlyMap<string, PolicyDocument>): PolicyDetail[] {
  return [...inline].map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encoded(document) }));
}

function boundaryOf(arn: string | undefined): {
  PermissionsBoundary?: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy'; PermissionsBoundaryArn: string };
} {
  return arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: arn } };
}

function userDetail(call: Call, user: User): UserDetail {
  return {
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    Path: user.path,
    CreateDate: call.world.calendar.ago(user.created),
    GroupList: user.groups,
    UserPolicyList: inlineOf(user.inline),
    AttachedManagedPolicies: attachedOf(call, user.attached),
    Tags: tagsOf(user.tags),
    ...boundaryOf(user.boundary),
  };
}

function groupDetail(call: Call, group: Group): GroupDetail {
  return {
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    Path: group.path,
    CreateDate: call.world.calendar.ago(group.created),
    GroupPolicyList: inlineOf(group.inline),
    AttachedManagedPolicies: attachedOf(call, group.attached),
  };
}

function roleDetail(call: Call, role: Role): RoleDetail {
  const { calendar } = call.world;
  const profile: InstanceProfile = {
    InstanceProfileName: role.name,
    InstanceProfileId: `AIPA${role.id.slice(4)}`,
    Arn: role.arn.replace(':role/', ':instance-profile/'),
    Path: role.path,
    CreateDate: calendar.ago(role.created),
    Roles: [],
  };
  return {
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    Path: role.path,
    CreateDate: calendar.ago(role.created),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    InstanceProfileList: role.instanceProfile ? [profile] : [],
    RolePolicyList: inlineOf(role.inline),
    AttachedManagedPolicies: attachedOf(call, role.attached),
    Tags: tagsOf(role.tags),
    RoleLastUsed:
      role.used === undefined ? {} : { LastUsedDate: calendar.ago(role.used.days), Region: role.used.region },
    ...boundaryOf(role.boundary),
  };
}

function policyDetail(call: Call, policy: ManagedPolicy): ManagedPolicyDetail {
  return {
    ...policySummary(call, policy),
    ...(policy.description === '' ? {} : { Description: policy.description }),
    PolicyVersionList: [
      {
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: call.world.calendar.ago(policy.updated),
        Document: encoded(policy.document),
      },
    ],
  };
}

type Entry =
  | { kind: 'User'; entity: User }
  | { kind: 'Group'; entity: Group }
  | { kind: 'Role'; entity: Role }
  | { kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'; entity: ManagedPolicy };

function entriesOf(call: Call, filter: readonly EntityType[] | undefined): Entry[] {
  const { iam } = call.account;
  const all: Entry[] = [
    ...[...iam.users.values()].map((entity): Entry => ({ kind: 'User', entity })),
    ...[...iam.groups.values()].map((entity): Entry => ({ kind: 'Group', entity })),
    ...[...iam.roles.values()].map((entity): Entry => ({ kind: 'Role', entity })),
    ...[...iam.policies.values()].map((entity): Entry => ({
      kind: entity.awsManaged ? 'AWSManagedPolicy' : 'LocalManagedPolicy',
      entity,
    })),
  ];
  return filter === undefined || filter.length === 0 ? all : all.filter((entry) => filter.includes(entry.kind));
}

export const authorizationDetails: Answers<typeof sdk> = {
  GetAccountAuthorizationDetails: (input, call) => {
    const { items, next } = page(
      entriesOf(call, input.Filter),
      input.Marker,
      input.MaxItems,
      input.MaxItems ?? 100,
      'ValidationError',
    );
    const output = {
      UserDetailList: [] as UserDetail[],
      GroupDetailList: [] as GroupDetail[],
      RoleDetailList: [] as RoleDetail[],
      Policies: [] as ManagedPolicyDetail[],
      IsTruncated: next !== undefined,
      Marker: next,
    } satisfies Omit<GetAccountAuthorizationDetailsCommandOutput, '$metadata'>;
    for (const { kind, entity } of items) {
      if (kind === 'User') output.UserDetailList.push(userDetail(call, entity));
      else if (kind === 'Group') output.GroupDetailList.push(groupDetail(call, entity));
      else if (kind === 'Role') output.RoleDetailList.push(roleDetail(call, entity));
      else output.Policies.push(policyDetail(call, entity));
    }
    return output;
  },
};
