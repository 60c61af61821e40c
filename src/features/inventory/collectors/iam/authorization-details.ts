// IAM users, groups, roles and managed policies: one paged answer for all of them.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

import {
  type AttachedPolicy,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type GroupDetail,
  IAMClient,
  ListPolicyTagsCommand,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { parseArn } from '../../../../domain/arn.ts';
import type { AnyResource, Resource } from '../../../../domain/resource.ts';
import type { InlinePolicy, PolicyConfig } from '../../../../domain/resources/iam.ts';
import {
  errorName,
  idOf,
  MalformedAnswer,
  membersOf,
  resourceOf,
  tagsOf,
  textOrNull,
  timeOrNull,
} from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, once, readPages, resumed } from '../../pages.ts';

const operation = 'iam:GetAccountAuthorizationDetails';
const must = membersOf(operation);

/** A cursor of the second phase; the entities are always walked, because policies are told by whom they are used. */
const policyCursor = 'policies:';

/** Who uses a managed policy. */
interface Use {
  users: string[];
  groups: string[];
  roles: string[];
  boundaries: number;
}

class Uses {
  readonly byArn = new Map<string, Use>();

  of(arn: string): Use {
    const known = this.byArn.get(arn);
    if (known !== undefined) return known;
    const none: Use = { users: [], groups: [], roles: [], boundaries: 0 };
    this.byArn.set(arn, none);
    return none;
  }
}

/** Documents come URL-encoded (RFC 3986); an emulator may send them as they are. */
function documentOf(text: string | undefined, member: string): string {
  const encoded = must(text, member);
  if (encoded.trimStart().startsWith('{')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new MalformedAnswer(operation, member);
  }
}

const inlineOf = (list: readonly PolicyDetail[]): InlinePolicy[] =>
  list.map(({ PolicyName, PolicyDocument }) => ({
    name: must(PolicyName, 'PolicyName'),
    document: documentOf(PolicyDocument, 'PolicyDocument'),
  }));

const attachedOf = (list: readonly AttachedPolicy[] | undefined): { name: string; arn: string }[] =>
  must(list, 'AttachedManagedPolicies').map(({ PolicyName, PolicyArn }) => ({
    name: must(PolicyName, 'PolicyName'),
    arn: must(PolicyArn, 'PolicyArn'),
  }));

function userOf(context: CollectContext, user: UserDetail, uses: Uses): Resource<'AWS::IAM::User'> {
  const name = must(user.UserName, 'UserName');
  const attachedPolicies = attachedOf(user.AttachedManagedPolicies);
  const permissionsBoundaryArn = textOrNull(user.PermissionsBoundary?.PermissionsBoundaryArn);
  for (const { arn } of attachedPolicies) uses.of(arn).users.push(name);
  if (permissionsBoundaryArn !== null) uses.of(permissionsBoundaryArn).boundaries += 1;
  return resourceOf(context, 'AWS::IAM::User', {
    arn: must(user.Arn, 'Arn'),
    name,
    region: 'global',
    tags: tagsOf(user.Tags),
    config: {
      userId: must(user.UserId, 'UserId'),
      path: must(user.Path, 'Path'),
      createdAt: must.time(user.CreateDate, 'CreateDate'),
      groups: must(user.GroupList, 'GroupList'),
      // The one list that AWS leaves out when it is empty.
      inlinePolicies: inlineOf(user.UserPolicyList ?? []),
      attachedPolicies,
      permissionsBoundaryArn,
    },
  });
}

function groupOf(context: CollectContext, group: GroupDetail, uses: Uses): Resource<'AWS::IAM::Group'> {
  const name = must(group.GroupName, 'GroupName');
  const attachedPolicies = attachedOf(group.AttachedManagedPolicies);
  for (const { arn } of attachedPolicies) uses.of(arn).groups.push(name);
  return resourceOf(context, 'AWS::IAM::Group', {
    arn: must(group.Arn, 'Arn'),
    name,
    region: 'global',
    tags: {},
    config: {
      groupId: must(group.GroupId, 'GroupId'),
      path: must(group.Path, 'Path'),
      createdAt: must.time(group.CreateDate, 'CreateDate'),
      inlinePolicies: inlineOf(must(group.GroupPolicyList, 'GroupPolicyList')),
      attachedPolicies,
    },
  });
}

function roleOf(context: CollectContext, role: RoleDetail, uses: Uses): Resource<'AWS::IAM::Role'> {
  const name = must(role.RoleName, 'RoleName');
  const attachedPolicies = attachedOf(role.AttachedManagedPolicies);
  const permissionsBoundaryArn = textOrNull(role.PermissionsBoundary?.PermissionsBoundaryArn);
  for (const { arn } of attachedPolicies) uses.of(arn).roles.push(name);
  if (permissionsBoundaryArn !== null) uses.of(permissionsBoundaryArn).boundaries += 1;
  return resourceOf(context, 'AWS::IAM::Role', {
    arn: must(role.Arn, 'Arn'),
    name,
    region: 'global',
    tags: tagsOf(role.Tags),
    config: {
      roleId: must(role.RoleId, 'RoleId'),
      path: must(role.Path, 'Path'),
      createdAt: must.time(role.CreateDate, 'CreateDate'),
      trustPolicy: documentOf(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'),
      inlinePolicies: inlineOf(must(role.RolePolicyList, 'RolePolicyList')),
      attachedPolicies,
      permissionsBoundaryArn,
      instanceProfileArns: must(role.InstanceProfileList, 'InstanceProfileList').map(({ Arn }) => must(Arn, 'Arn')),
      lastUsedAt: timeOrNull(role.RoleLastUsed?.LastUsedDate),
      lastUsedRegion: textOrNull(role.RoleLastUsed?.Region),
    },
  });
}

/** The entities, page by page; `uses` fills on the way. */
function readEntities(context: CollectContext, uses: Uses): AsyncGenerator<Page> {
  const pages = paginateGetAccountAuthorizationDetails(
    { client: context.client(IAMClient), pageSize: 300 },
    { Filter: ['User', 'Group', 'Role'] },
    { abortSignal: context.signal },
  );
  return readPages(
    context,
    pages,
    (page) => ({
      items: [
        ...must(page.UserDetailList, 'UserDetailList').map((user) => () => userOf(context, user, uses)),
        ...must(page.GroupDetailList, 'GroupDetailList').map((group) => () => groupOf(context, group, uses)),
        ...must(page.RoleDetailList, 'RoleDetailList').map((role) => () => roleOf(context, role, uses)),
      ],
    }),
    (make): AnyResource => make(),
  );
}

async function readPolicy(
  context: CollectContext,
  policy: ManagedPolicyDetail,
  uses: Uses,
): Promise<Resource<'AWS::IAM::Policy'> | undefined> {
  const arn = must(policy.Arn, 'Arn');
  const use = uses.byArn.get(arn);
  const attachmentCount = must(policy.AttachmentCount, 'AttachmentCount');
  // What the entities themselves say counts as well: the policy's own count may lag behind or be missing.
  const boundaryUsageCount = Math.max(policy.PermissionsBoundaryUsageCount ?? 0, use?.boundaries ?? 0);
  const awsManaged = parseArn(arn)?.account === 'aws';
  // Of AWS's own policies only those that are used here.
  if (awsManaged && use === undefined && attachmentCount === 0 && boundaryUsageCount === 0) return undefined;
  const version = must(policy.PolicyVersionList, 'PolicyVersionList').find((one) => one.IsDefaultVersion === true);
  const config: PolicyConfig = {
    // Nothing is judged by it.
    policyId: policy.PolicyId ?? '',
    path: must(policy.Path, 'Path'),
    awsManaged,
    attachmentCount,
    boundaryUsageCount,
    defaultVersionId: must(policy.DefaultVersionId, 'DefaultVersionId'),
    document: documentOf(version?.Document, 'Document'),
    updatedAt: must.time(policy.UpdateDate, 'UpdateDate'),
    attachedTo: { users: use?.users ?? [], groups: use?.groups ?? [], roles: use?.roles ?? [] },
  };
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: the ARN of a policy ends in its name.
  const name = policy.PolicyName ?? idOf(arn);
  if (awsManaged) return resourceOf(context, 'AWS::IAM::Policy', { arn, name, region: 'global', tags: {}, config });
  const parts = partsOf(context, ['NoSuchEntity', 'NoSuchEntityException']);
  const tags = await parts.always('iam:ListPolicyTags', async () => {
    const command = new ListPolicyTagsCommand({ PolicyArn: arn });
    const answer = await context.client(IAMClient).send(command, { abortSignal: context.signal });
    return tagsOf(membersOf('iam:ListPolicyTags')(answer.Tags, 'Tags'));
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::IAM::Policy', { arn, name, region: 'global', tags, config });
}

/** A policy that is used but was not in the answer: AWS lists its own only where they are attached, not as boundaries. */
async function getPolicy(context: CollectContext, PolicyArn: string): Promise<ManagedPolicyDetail | undefined> {
  const client = context.client(IAMClient);
  const options = { abortSignal: context.signal };
  try {
    const answer = await client.send(new GetPolicyCommand({ PolicyArn }), options);
    const policy = membersOf('iam:GetPolicy')(answer.Policy, 'Policy');
    const VersionId = membersOf('iam:GetPolicy')(policy.DefaultVersionId, 'DefaultVersionId');
    const version = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), options);
    const found = membersOf('iam:GetPolicyVersion')(version.PolicyVersion, 'PolicyVersion');
    return { ...policy, PolicyVersionList: [{ ...found, IsDefaultVersion: true }] };
  } catch (error) {
    if (['NoSuchEntity', 'NoSuchEntityException'].includes(errorName(error))) return undefined;
    throw error;
  }
}

async function* readPolicies(context: CollectContext, uses: Uses, marker: string | undefined): AsyncGenerator<Page> {
  const client = context.client(IAMClient);
  const seen = new Set<string | undefined>();
  const pages = resumed(marker, (startingToken) =>
    paginateGetAccountAuthorizationDetails(
      { client, startingToken, pageSize: 300 },
      { Filter: ['LocalManagedPolicy', 'AWSManagedPolicy'] },
      { abortSignal: context.signal },
    ),
  );
  yield* readPages(
    context,
    pages,
    (page) => {
      const items = must(page.Policies, 'Policies');
      for (const { Arn } of items) seen.add(Arn);
      return { items, next: page.Marker === undefined ? undefined : `${policyCursor}${page.Marker}` };
    },
    (policy) => readPolicy(context, policy, uses),
  );
  const missing = [...uses.byArn.keys()].filter((arn) => !seen.has(arn));
  yield* readPages(
    context,
    once(async () => missing),
    (items) => ({ items }),
    async (arn) => {
      const policy = await getPolicy(context, arn);
      return policy === undefined ? undefined : readPolicy(context, policy, uses);
    },
  );
}

async function* collect(context: CollectContext): AsyncGenerator<Page> {
  const uses = new Uses();
  const cursor = context.cursor?.startsWith(policyCursor) === true ? context.cursor : undefined;
  for await (const page of readEntities(context, uses)) if (cursor === undefined) yield page;
  if (cursor === undefined) yield { resources: [], cursor: policyCursor };
  yield* readPolicies(context, uses, textOrNull(cursor?.slice(policyCursor.length)) ?? undefined);
}

export const collector: Collector = {
  scope: 'global',
  types: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'],
  operations: [operation, 'iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyTags'],
  events: [
    'CreateUser DeleteUser UpdateUser TagUser UntagUser AddUserToGroup RemoveUserFromGroup',
    'PutUserPolicy DeleteUserPolicy AttachUserPolicy DetachUserPolicy',
    'PutUserPermissionsBoundary DeleteUserPermissionsBoundary',
    'CreateGroup DeleteGroup UpdateGroup PutGroupPolicy DeleteGroupPolicy AttachGroupPolicy DetachGroupPolicy',
    'CreateRole DeleteRole UpdateRole UpdateAssumeRolePolicy TagRole UntagRole',
    'PutRolePolicy DeleteRolePolicy AttachRolePolicy DetachRolePolicy',
    'PutRolePermissionsBoundary DeleteRolePermissionsBoundary',
    'AddRoleToInstanceProfile RemoveRoleFromInstanceProfile',
    'CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion TagPolicy UntagPolicy',
  ].flatMap((names) => names.split(' ').map((name) => `iam:${name}`)),
  collect,
  /** No call gives one entity whole; the walk is short and ends where the entity is found. */
  refresh: (context, arn) => findOne(collect({ ...context, cursor: undefined }), arn, []),
};
