import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { operationServices, operationsOfService } from '../../platform/aws/operations/operations.ts';
import { refusalOf } from '../../platform/aws/purpose.ts';
import {
  longestPolicy,
  mostPolicies,
  permissionDocuments,
  type PolicyDocument,
  sizeOf,
  splitPolicies,
} from './documents.ts';
import { actionsOf, createExternalId, type PermissionInput, renderPermissions } from './index.ts';

const input: PermissionInput = {
  partition: 'aws',
  operations: [
    's3:GetBucketEncryption',
    's3:ListBuckets',
    's3control:GetPublicAccessBlock',
    'iam:ListUsers',
    'access-analyzer:ListAnalyzers',
  ],
  callerOperations: ['organizations:ListAccounts', 'organizations:ListRoots'],
  roleName: 'VedetteRead',
  principal: 'arn:aws:iam::111122223333:role/Vedette',
  organizationId: 'o-exampleorgid',
  accounts: [
    { id: '444455556666', externalId: 'vedette-AAAAAAAAAAAAAAAA' },
    { id: '012345678901', externalId: 'vedette-BBBBBBBBBBBBBBBB' },
  ],
};

const readable = operationServices()
  .flatMap((service) => [...operationsOfService(service).keys()])
  .filter((operation) => refusalOf('read', operation) === undefined);

describe('the policies', () => {
  test('hold the IAM actions behind the operations, and nothing else', () => {
    expect(permissionDocuments(input).policies).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'ReadAccessAnalyzer', Effect: 'Allow', Action: ['access-analyzer:ListAnalyzers'], Resource: '*' },
          { Sid: 'ReadIam', Effect: 'Allow', Action: ['iam:ListUsers'], Resource: '*' },
          {
            Sid: 'ReadS3',
            Effect: 'Allow',
            Action: ['s3:GetAccountPublicAccessBlock', 's3:GetEncryptionConfiguration', 's3:ListAllMyBuckets'],
            Resource: '*',
          },
        ],
      },
    ]);
  });

  test('are split where one would be too long for IAM, and lose no action', () => {
    const actions = actionsOf(readable);
    const policies = splitPolicies(actions);
    expect(policies.length).toBeGreaterThan(1);
    for (const policy of policies) {
      expect(sizeOf(policy)).toBeLessThanOrEqual(longestPolicy);
      expect(new Set(policy.Statement.map((statement) => statement.Sid)).size).toBe(policy.Statement.length);
    }
    expect(policies.flatMap((policy) => policy.Statement.flatMap((statement) => statement.Action))).toEqual(actions);
    // Nearly full: a policy is closed only when the next action does not fit.
    for (const policy of policies.slice(0, -1)) expect(sizeOf(policy)).toBeGreaterThan(longestPolicy - 150);
  });

  test('of everything that can be read fit one role', () => {
    const { policies } = permissionDocuments({ ...input, operations: readable });
    expect(policies.length).toBeLessThanOrEqual(mostPolicies);
  });

  test.each(['s3:GetObject', 's3:PutBucketPolicy', 'nosuch:Operation', 'secretsmanager:GetSecretValue'])(
    'never hold %s',
    (operation) => {
      expect(() => permissionDocuments({ ...input, operations: [operation] })).toThrow(
        `${operation} may not be used to read`,
      );
    },
  );
});

describe('the trust policy', () => {
  test('names one principal, the external id and the organisation', () => {
    expect(permissionDocuments(input).trust('vedette-AAAAAAAAAAAAAAAA')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'VedetteMayAssume',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/Vedette' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'sts:ExternalId': 'vedette-AAAAAAAAAAAAAAAA', 'aws:PrincipalOrgID': 'o-exampleorgid' },
          },
        },
      ],
    });
  });

  test('admits a source identity where sessions carry one', () => {
    const { Statement } = permissionDocuments({ ...input, sourceIdentity: true }).trust('vedette-AAAAAAAAAAAAAAAA');
    expect(Statement.map((statement) => statement.Action)).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
  });
});

test('the caller may assume the role in the organisation and read the organisation', () => {
  expect(permissionDocuments(input).caller.Statement).toEqual([
    {
      Sid: 'AssumeReadRole',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: 'arn:aws:iam::*:role/VedetteRead',
      Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorgid' } },
    },
    {
      Sid: 'ReadOrganizations',
      Effect: 'Allow',
      Action: ['organizations:ListAccounts', 'organizations:ListRoots'],
      Resource: '*',
    },
  ]);
});

describe('json', () => {
  test('holds policies, the trust of every account, and the caller', () => {
    const content = JSON.parse(renderPermissions('json', input)) as {
      trust: { account: string; externalId: string; policy: PolicyDocument }[];
      policies: unknown;
      caller: unknown;
    };
    const documents = permissionDocuments(input);
    expect(content.policies).toEqual(documents.policies);
    expect(content.caller).toEqual(documents.caller);
    expect(content.trust.map(({ account, externalId }) => [account, externalId])).toEqual(
      input.accounts.map(({ id, externalId }) => [id, externalId]),
    );
    expect(content.trust.map(({ policy }) => policy)).toEqual(
      input.accounts.map(({ externalId }) => documents.trust(externalId)),
    );
  });

  test('wants an account', () => {
    expect(() => renderPermissions('json', { ...input, accounts: [] })).toThrow('needs an account');
  });
});

interface Template {
  Parameters: Record<string, { Default?: string }>;
  Mappings?: { ExternalIds: Record<string, { Id: string }> };
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/** The YAML of CloudFormation is 1.1, where a bare 0123… is an octal number and a bare 2012-10-17 a date. */
function template(from: PermissionInput): Template {
  return parse(renderPermissions('cloudformation', from), { version: '1.1', schema: 'yaml-1.1' }) as Template;
}

describe('cloudformation', () => {
  test('finds the external id by the account in which the stack stands', () => {
    const { Mappings, Parameters, Resources } = template(input);
    expect(Mappings?.ExternalIds).toEqual({
      '444455556666': { Id: 'vedette-AAAAAAAAAAAAAAAA' },
      '012345678901': { Id: 'vedette-BBBBBBBBBBBBBBBB' },
    });
    expect(Object.keys(Parameters)).toEqual(['RoleName']);
    expect(Resources['ReadRole']?.Properties).toMatchObject({
      RoleName: { Ref: 'RoleName' },
      MaxSessionDuration: 3600,
      ManagedPolicyArns: [{ Ref: 'ReadPolicy1' }],
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Principal: { AWS: 'arn:aws:iam::111122223333:role/Vedette' },
            Condition: {
              StringEquals: {
                'sts:ExternalId': { 'Fn::FindInMap': ['ExternalIds', { Ref: 'AWS::AccountId' }, 'Id'] },
                'aws:PrincipalOrgID': 'o-exampleorgid',
              },
            },
          },
        ],
      },
    });
  });

  test.each([0, 201])('takes it as a parameter for %i accounts', (count) => {
    const accounts = Array.from({ length: count }, (_, i) => ({
      id: String(100_000_000_000 + i),
      externalId: `vedette-${100_000_000_000 + i}`,
    }));
    const { Mappings, Parameters, Resources } = template({ ...input, accounts });
    expect(Mappings).toBeUndefined();
    expect(Object.keys(Parameters)).toEqual(['RoleName', 'ExternalId']);
    expect(JSON.stringify(Resources['ReadRole'])).toContain('"sts:ExternalId":{"Ref":"ExternalId"}');
  });

  test('attaches every policy, each as it is', () => {
    const many = { ...input, operations: readable };
    const { Resources } = template(many);
    const { policies } = permissionDocuments(many);
    const found = Object.values(Resources).filter((resource) => resource.Type === 'AWS::IAM::ManagedPolicy');
    expect(found.map((resource) => resource.Properties['PolicyDocument'])).toEqual(policies);
    expect(Resources['ReadRole']?.Properties['ManagedPolicyArns']).toEqual(
      policies.map((_, i) => ({ Ref: `ReadPolicy${i + 1}` })),
    );
  });

  test('keeps the path of the role apart from its name', () => {
    const { Parameters, Resources } = template({ ...input, roleName: 'security/audit/VedetteRead' });
    expect(Parameters['RoleName']?.Default).toBe('VedetteRead');
    expect(Resources['ReadRole']?.Properties['Path']).toBe('/security/audit/');
  });
});

describe('terraform', () => {
  test('finds the external id by the account, and attaches every policy', () => {
    const module = renderPermissions('terraform', { ...input, operations: readable, roleName: 'security/VedetteRead' });
    expect(module).toContain('    "012345678901" = "vedette-BBBBBBBBBBBBBBBB"');
    expect(module).toContain('"sts:ExternalId": local.external_id,');
    expect(module).toContain('path                 = "/security/"');
    const { policies } = permissionDocuments({ ...input, operations: readable });
    expect(module.match(/resource "aws_iam_policy" /g)).toHaveLength(policies.length);
    expect(module.match(/resource "aws_iam_role_policy_attachment" /g)).toHaveLength(policies.length);
    const documents = [...module.matchAll(/policy {6}= jsonencode\((\{[\s\S]*?\n {2}\})\)/g)].map(
      (match) => JSON.parse(match[1] ?? '') as unknown,
    );
    expect(documents).toEqual(policies);
  });

  test('takes it as a variable without accounts', () => {
    const module = renderPermissions('terraform', { ...input, accounts: [] });
    expect(module).toContain('variable "external_id"');
    expect(module).not.toContain('external_ids');
  });

  test('brackets close and no template mark is left open', () => {
    const module = renderPermissions('terraform', input);
    for (const [open, close] of ['{}', '()', '[]']) {
      expect(module.split(open ?? '').length).toBe(module.split(close ?? '').length);
    }
    expect(module).not.toMatch(/[^$]\$\{|[^%]%\{/);
  });
});

describe('what would widen the trust is refused:', () => {
  test.each<[string, Partial<PermissionInput>]>([
    ['everybody', { principal: '*' }],
    ['an account root', { principal: 'arn:aws:iam::111122223333:root' }],
    ['a wildcard', { principal: 'arn:aws:iam::111122223333:role/*' }],
    ['a session', { principal: 'arn:aws:sts::111122223333:assumed-role/Vedette/run' }],
    ['a principal of another partition', { principal: 'arn:aws-cn:iam::111122223333:role/Vedette' }],
    ['an organisation that is none', { organizationId: 'o-*' }],
    ['a role name with a wildcard', { roleName: 'Vedette*' }],
    ['a role name with quotes', { roleName: 'Vedette"\n' }],
    ['an account that is none', { accounts: [{ id: '*', externalId: 'vedette-AAAAAAAAAAAAAAAA' }] }],
    ['a short external id', { accounts: [{ id: '444455556666', externalId: 'x' }] }],
    [
      'an external id with a mark of Terraform',
      { accounts: [{ id: '444455556666', externalId: '${local.secret_secret}' }] },
    ],
    [
      'one external id for two accounts',
      { accounts: input.accounts.map(({ id }) => ({ id, externalId: 'vedette-AAAAAAAAAAAAAAAA' })) },
    ],
  ])('%s', (_, change) => {
    for (const format of ['json', 'cloudformation', 'terraform'] as const) {
      expect(() => renderPermissions(format, { ...input, ...change })).toThrow(
        expect.objectContaining({ code: 'usage' }) as Error,
      );
    }
  });
});

test('external ids are random and such as STS takes', () => {
  const ids = Array.from({ length: 50 }, () => createExternalId(randomBytes));
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^vedette-[\w-]{32}$/);
});
