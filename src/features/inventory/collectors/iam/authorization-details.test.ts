import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, awsError, type Call, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './authorization-details.ts';

const CreateDate = new Date('2025-05-01T10:00:00Z');
const arn = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;
const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const encoded = (document: string): string => encodeURIComponent(document);
const document = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a%b/*"}]}';
const trust = '{"Statement":[{"Principal":{"Service":"lambda.amazonaws.com"}}]}';

const user = {
  UserName: 'alice',
  UserId: 'AIDAALICE',
  Arn: arn('user/alice'),
  Path: '/',
  CreateDate,
  GroupList: ['developers'],
  AttachedManagedPolicies: [{ PolicyName: 'Reader', PolicyArn: arn('policy/Reader') }],
  PermissionsBoundary: { PermissionsBoundaryArn: awsPolicy('PowerUserAccess') },
  Tags: [{ Key: 'team', Value: 'payments' }],
};
const group = {
  GroupName: 'developers',
  GroupId: 'AGPADEVELOPERS',
  Arn: arn('group/developers'),
  Path: '/',
  CreateDate,
  GroupPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded(document) }],
  AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: awsPolicy('ReadOnlyAccess') }],
};
const role = {
  RoleName: 'worker',
  RoleId: 'AROAWORKER',
  Arn: arn('role/app/worker'),
  Path: '/app/',
  CreateDate,
  AssumeRolePolicyDocument: encoded(trust),
  RolePolicyList: [],
  AttachedManagedPolicies: [{ PolicyName: 'Reader', PolicyArn: arn('policy/Reader') }],
  InstanceProfileList: [{ Arn: arn('instance-profile/worker') }],
  RoleLastUsed: { LastUsedDate: new Date('2026-01-01T00:00:00Z'), Region: 'eu-west-1' },
};

const policy = (Arn: string, more: object = {}): object => ({
  PolicyName: Arn.replace(/^.*\//, ''),
  PolicyId: 'ANPA',
  Arn,
  Path: '/',
  DefaultVersionId: 'v2',
  AttachmentCount: 1,
  PermissionsBoundaryUsageCount: 0,
  UpdateDate: new Date('2025-06-01T10:00:00Z'),
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: encoded('{"old":true}') },
    { VersionId: 'v2', IsDefaultVersion: true, Document: encoded(document) },
  ],
  ...more,
});

const nobody = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [] };

/** Two pages of entities and two of policies, as the filter and the marker ask for them. */
function details({ input }: Call): object {
  const entities = JSON.stringify(input['Filter']).includes('Role');
  if (entities && input['Marker'] === undefined)
    return { ...nobody, UserDetailList: [user], GroupDetailList: [group], IsTruncated: true, Marker: 'roles' };
  if (entities) return { ...nobody, RoleDetailList: [role], IsTruncated: false };
  if (input['Marker'] === undefined)
    return { Policies: [policy(arn('policy/Reader'), { AttachmentCount: 2 })], IsTruncated: true, Marker: 'more' };
  return {
    Policies: [policy(awsPolicy('ReadOnlyAccess')), policy(awsPolicy('Unused'), { AttachmentCount: 0 })],
    IsTruncated: false,
  };
}

const answers: Answers = {
  'iam:GetAccountAuthorizationDetails': details,
  'iam:GetPolicy': ({ input }) => ({ Policy: policy(String(input['PolicyArn']), { AttachmentCount: 0 }) }),
  'iam:GetPolicyVersion': { PolicyVersion: { VersionId: 'v2', Document: encoded(document) } },
  'iam:ListPolicyTags': { Tags: [{ Key: 'owner', Value: 'security' }] },
};

keepsItsPromises('iam/authorization-details', {
  collector,
  answers,
  parts: { 'iam:ListPolicyTags': ['tags'] },
});

describe('iam/authorization-details', () => {
  test('reads users, groups and roles with their documents decoded', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.slice(0, 3)).toMatchObject([
      {
        type: 'AWS::IAM::User',
        arn: arn('user/alice'),
        region: 'global',
        tags: { team: 'payments' },
        config: {
          groups: ['developers'],
          inlinePolicies: [],
          attachedPolicies: [{ name: 'Reader', arn: arn('policy/Reader') }],
          permissionsBoundaryArn: awsPolicy('PowerUserAccess'),
        },
      },
      { type: 'AWS::IAM::Group', config: { inlinePolicies: [{ name: 'inline', document }] } },
      {
        type: 'AWS::IAM::Role',
        config: {
          path: '/app/',
          trustPolicy: trust,
          instanceProfileArns: [arn('instance-profile/worker')],
          lastUsedAt: '2026-01-01T00:00:00.000Z',
          lastUsedRegion: 'eu-west-1',
        },
      },
    ]);
  });

  test('reads own policies and those of AWS that are used, with who uses them', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources.slice(3)).toMatchObject([
      {
        arn: arn('policy/Reader'),
        name: 'Reader',
        tags: { owner: 'security' },
        config: {
          awsManaged: false,
          attachmentCount: 2,
          defaultVersionId: 'v2',
          document,
          attachedTo: { users: ['alice'], groups: [], roles: ['worker'] },
        },
      },
      {
        arn: awsPolicy('ReadOnlyAccess'),
        tags: {},
        config: { awsManaged: true, attachedTo: { users: [], groups: ['developers'], roles: [] } },
      },
      {
        arn: awsPolicy('PowerUserAccess'),
        config: { awsManaged: true, attachmentCount: 0, document, attachedTo: { users: [], groups: [], roles: [] } },
      },
    ]);
    expect(resources).toHaveLength(6);
    expect(context.calls.filter(({ operation }) => operation === 'iam:GetPolicy')).toMatchObject([
      { input: { PolicyArn: awsPolicy('PowerUserAccess') } },
    ]);
  });

  test('counts boundaries itself where AWS does not', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'iam:GetPolicy': { Policy: policy(awsPolicy('PowerUserAccess'), { PermissionsBoundaryUsageCount: undefined }) },
    });
    expect(resources.at(-1)).toMatchObject({ config: { boundaryUsageCount: 1 } });
  });

  test('believes the entities where the policy’s own count of boundaries is lower', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'iam:GetPolicy': { Policy: policy(awsPolicy('PowerUserAccess'), { PermissionsBoundaryUsageCount: 0 }) },
    });
    expect(resources.at(-1)).toMatchObject({ config: { boundaryUsageCount: 1 } });
  });

  test('a policy is called as its ARN ends where its name is left out', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'iam:GetPolicy': {
        Policy: policy(awsPolicy('job-function/Billing'), { PolicyName: undefined, PolicyId: undefined }),
      },
    });
    expect(resources.at(-1)).toMatchObject({ name: 'Billing', config: { policyId: '' } });
  });

  test('has cursors in the policies only, and goes on from them knowing who uses them', async () => {
    const { pages } = await collected(collector, answers);
    expect(pages.map(({ cursor }) => cursor)).toEqual([
      undefined,
      undefined,
      'policies:',
      'policies:more',
      undefined,
      undefined,
    ]);
    const begun = await collected(collector, answers, { cursor: 'policies:' });
    expect(begun.resources.map(({ name }) => name)).toEqual(['Reader', 'ReadOnlyAccess', 'PowerUserAccess']);
    const later = await collected(collector, answers, { cursor: 'policies:more' });
    expect(later.resources[0]).toMatchObject({
      name: 'ReadOnlyAccess',
      config: { attachedTo: { groups: ['developers'] } },
    });
  });

  test('a user whose attachments are not known keeps policies from telling who uses them', async () => {
    const { AttachedManagedPolicies: _left, ...broken } = user;
    const { resources, error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetAccountAuthorizationDetails': (call) => {
        const page = details(call);
        return 'UserDetailList' in page ? { ...page, UserDetailList: [broken] } : page;
      },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
    expect(resources.map(({ type }) => type)).not.toContain('AWS::IAM::Policy');
  });

  test.each([
    ['sent as it is', document, document],
    ['encoded', encoded(document), document],
  ])('a document %s is taken', async (_name, text, expected) => {
    const { resources } = await collected(collector, {
      ...answers,
      'iam:GetPolicyVersion': { PolicyVersion: { VersionId: 'v2', Document: text } },
    });
    expect(resources.at(-1)).toMatchObject({ config: { document: expected } });
  });

  test('a document that cannot be decoded fails and is not kept in the message', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetPolicyVersion': { PolicyVersion: { VersionId: 'v2', Document: '%E0%A4%A' } },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
    expect(String(error)).not.toContain('%E0');
  });

  test.each(['iam:GetPolicy', 'iam:GetPolicyVersion'])(
    'a boundary that is gone at %s is left out',
    async (operation) => {
      const { resources } = await collected(collector, { ...answers, [operation]: refuse('NoSuchEntityException') });
      expect(resources.map(({ name }) => name)).not.toContain('PowerUserAccess');
    },
  );

  test('a policy that is gone when its tags are asked for is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'iam:ListPolicyTags': () => {
        throw awsError('NoSuchEntityException');
      },
    });
    expect(resources.map(({ name }) => name)).not.toContain('Reader');
    expect(context.gaps).toEqual([]);
  });

  test('an entity that is not there is not found', async () => {
    expect(await refreshed(collector, answers, arn('user/bob'))).toBeUndefined();
  });
});
