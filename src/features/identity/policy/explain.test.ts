import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { conditionKeys, printConditions, printExpression } from './explain.ts';
import { parsePolicy } from './parse.ts';
import { noPolicies } from './policies.ts';
import type { AccessRequest, Policies } from './policies.ts';
import type { PolicyKind } from './document.ts';
import { parsePrincipal } from './principal.ts';
import { test as keyTest } from './truth.ts';

const account = '111122223333';
const policy = (kind: PolicyKind, name: string, ...Statement: object[]) =>
  parsePolicy({ Version: '2012-10-17', Statement }, { name, kind });
const full = { Sid: 'Full', Effect: 'Allow', Action: '*', Resource: '*' };
const blue = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };

function ask(policies: Partial<Policies>, request: Partial<AccessRequest> & { by?: string } = {}) {
  const { by = `arn:aws:sts::${account}:assumed-role/app/run`, ...rest } = request;
  const principal = parsePrincipal(by) ?? { kind: 'anonymous' as const };
  const context = { values: {}, complete: true };
  const basic = { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: account, context };
  return evaluate({ ...basic, ...rest }, { ...noPolicies, ...policies });
}

const identity = [policy('identity', 'arn:aws:iam::aws:policy/AdministratorAccess', full)];

describe('what would have to change', () => {
  test.each<readonly [string, Parameters<typeof ask>, readonly string[]]>([
    ['allowed', [{ identity }], []],
    [
      'no identity policy',
      [{}],
      ['An identity policy of the principal would have to allow s3:GetObject on arn:aws:s3:::b/k.'],
    ],
    [
      'an SCP level',
      [{ identity, serviceControl: [[policy('service-control', 'root', full)], [], []] }],
      [2, 3].map(
        (level) =>
          `No service control policy at level ${level} of 3 allows s3:GetObject on arn:aws:s3:::b/k; permissions granted elsewhere change nothing.`,
      ),
    ],
    [
      'the boundary',
      [{ identity, permissionsBoundary: policy('permissions-boundary', 'b', { ...full, Action: 'ec2:*' }) }],
      ['The permissions boundary does not reach this far; identity policies alone cannot grant it.'],
    ],
    [
      'the session policy',
      [{ identity, session: [policy('session', 's', { ...full, Action: 'ec2:*' })] }],
      ['The session policy does not reach this far; a session without it, or with a wider one, is needed.'],
    ],
    [
      'the endpoint',
      [{ identity, vpcEndpoint: policy('vpc-endpoint', 'e', { ...full, Action: 'ec2:*', Principal: '*' }) }],
      ['The VPC endpoint policy stops this; the request would have to take another way or be let through there.'],
    ],
    [
      'the resource',
      [{ identity }, { resourceAccount: '444455556666' }],
      ["The resource's policy would have to allow s3:GetObject on arn:aws:s3:::b/k to this principal."],
    ],
    [
      'the trust policy',
      [{ identity }, { action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/r` }],
      ['The trust policy of the role would have to admit this principal.'],
    ],
    [
      'the root user who assumes a role',
      [{}, { by: account, action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/r` }],
      ['The root user cannot assume roles; use a user or a role.'],
    ],
    [
      'a role that asks for a session token',
      [{ identity }, { action: 'sts:GetSessionToken', resource: '*' }],
      ['The session of a role cannot call this; use a user with credentials of its own.'],
    ],
    [
      'a federated user who assumes a role',
      [{}, { by: `arn:aws:sts::${account}:federated-user/bob`, action: 'sts:AssumeRole', resource: '*' }],
      ['A session of GetFederationToken cannot call STS; use a user or a role.'],
    ],
    [
      'who comes from an identity provider and calls AssumeRole',
      [{}, { by: `arn:aws:iam::${account}:saml-provider/idp`, action: 'sts:AssumeRole', resource: '*' }],
      ['AssumeRole needs credentials of AWS; use AssumeRoleWithSAML or AssumeRoleWithWebIdentity.'],
    ],
    [
      'what other accounts cannot be given',
      [
        { identity },
        {
          action: 'kms:PutKeyPolicy',
          resource: 'arn:aws:kms:us-east-1:444455556666:key/k',
          resourceAccount: '444455556666',
        },
      ],
      [
        "No policy can give kms:PutKeyPolicy on arn:aws:kms:us-east-1:444455556666:key/k to other accounts; a principal of the resource's account has to ask.",
      ],
    ],
    [
      'a role of another account that is passed',
      [
        { identity },
        { action: 'iam:PassRole', resource: 'arn:aws:iam::444455556666:role/r', resourceAccount: '444455556666' },
      ],
      [
        "No policy can give iam:PassRole on arn:aws:iam::444455556666:role/r to other accounts; a principal of the resource's account has to ask.",
      ],
    ],
    [
      'a deny',
      [
        {
          identity: [
            ...identity,
            policy(
              'identity',
              'deny',
              { ...full, Sid: 'No', Effect: 'Deny' },
              { ...full, Sid: undefined, Effect: 'Deny' },
            ),
          ],
        },
      ],
      [
        'Statement "No" of deny (identity policy) denies; only narrowing it changes that, no Allow does.',
        'Statement at /Statement/1 of deny (identity policy) denies; only narrowing it changes that, no Allow does.',
      ],
    ],
  ])('%s', (_name, given, expected) => {
    expect(ask(...given).change).toEqual(expected);
  });

  test('of many denies ten are named', () => {
    const denies = Array.from({ length: 30 }, (_, at) => ({ ...full, Sid: `No${at}`, Effect: 'Deny' }));
    expect(ask({ identity: [policy('identity', 'p', ...denies)] }).change).toHaveLength(10);
  });
});

describe('the statements that decided', () => {
  test('the grants first, then the ceilings that let the request pass', () => {
    const { statements } = ask({
      identity,
      serviceControl: [[policy('service-control', 'scp', { ...full, Sid: 'Scp' })]],
      permissionsBoundary: policy('permissions-boundary', 'boundary', { ...full, Sid: 'Boundary' }),
      resource: policy('resource', 'bucket', { ...full, Sid: 'Bucket', Principal: { AWS: account } }),
    });
    expect(statements.map(({ sid }) => sid)).toEqual(['Bucket', 'Full', 'Scp', 'Boundary']);
    expect(statements[1]).toEqual({
      policy: 'arn:aws:iam::aws:policy/AdministratorAccess',
      sid: 'Full',
      effect: 'Allow',
      why: 'The identity policy allows this.',
      place: '/Statement/0',
    });
  });

  test('a resource policy that names the account leaves the rest to identity policies', () => {
    const resource = policy('resource', 'bucket', { ...full, Sid: 'Bucket', Principal: { AWS: account } });
    const direct = policy('resource', 'bucket', { ...full, Sid: 'Bucket', Principal: '*' });
    expect(ask({ resource }).statements.map(({ why }) => why)).toEqual([
      'The resource policy lets identity policies of the account allow this.',
    ]);
    expect(ask({ resource: direct }).statements[0]?.why).toBe('The resource policy allows this.');
    const named = { AWS: [account, `arn:aws:iam::${account}:user/alice`] };
    const both = policy('resource', 'bucket', { ...full, Sid: 'Bucket', Principal: named });
    const by = `arn:aws:iam::${account}:user/alice`;
    expect(ask({ resource: both }, { by }).statements[0]?.why).toBe('The resource policy allows this.');
  });

  test('grants of a key and entries of an access control list stand beside statements', () => {
    const granteePrincipal = `arn:aws:iam::${account}:role/app`;
    const grant = { granteePrincipal, operations: ['Encrypt'], encryptionContextSubset: {} };
    const pairs = { ...grant, operations: ['Decrypt'], encryptionContextSubset: { app: 'x' } };
    const kmsGrants = [grant, pairs].map((one) => ({ ...one, encryptionContextEquals: undefined }));
    const request = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${account}:key/k` };
    const context = { values: {}, present: ['kms:EncryptionContext:app'], complete: true };
    expect(ask({ kmsGrants }, { ...request, context }).statements).toEqual([
      {
        policy: 'kmsGrants[1]',
        sid: undefined,
        effect: 'Allow',
        why: 'A grant of the key allows this if kms:EncryptionContext:app StringEquals "x" (attacker-chosen).',
        place: '',
      },
    ]);
    expect(ask({ kmsGrants }, { ...request, context: { values: {}, complete: true } }).statements).toEqual([]);
    const acl = [
      { grantee: 'AuthenticatedUsers', permission: 'WRITE' as const },
      { grantee: 'AllUsers', permission: 'READ' as const },
    ];
    const { decision, statements } = ask({ s3: { ...noPolicies.s3, acl } }, { by: '*' });
    expect([decision, ...statements.map(({ policy: name, why }) => `${name}: ${why}`)]).toEqual([
      'allowed',
      'acl[1]: The access control list allows this.',
    ]);
  });

  test('a malformed deny says so', () => {
    const [statement] = ask({
      identity: [policy('identity', 'p', { ...full, Effect: 'Deny', Action: 's3' })],
    }).statements;
    expect(statement?.why).toBe(
      'The identity policy denies this; parts of it cannot be read and are taken at their widest.',
    );
  });

  test('a conditional answer names what allows and what denies, each with its condition', () => {
    const answer = ask(
      { identity: [policy('identity', 'p', full, { ...full, Sid: 'No', Effect: 'Deny', Condition: blue })] },
      { context: { values: {}, present: ['aws:PrincipalTag/team'], complete: true } },
    );
    expect(answer.statements.map(({ why }) => why)).toEqual([
      'The identity policy allows this.',
      'The identity policy denies this if aws:PrincipalTag/team StringEquals "blue" (static).',
    ]);
    expect(printConditions(answer)).toEqual(['not (aws:PrincipalTag/team StringEquals "blue" (static))']);
    expect(conditionKeys(answer)).toEqual([{ key: 'aws:PrincipalTag/team', keyClass: 'static' }]);
  });

  test('of very many a hundred are named', () => {
    const many = Array.from({ length: 300 }, () => full);
    expect(ask({ identity: [policy('identity', 'p', ...many)] }).statements).toHaveLength(100);
  });

  test('the faults of every document that took part are there', () => {
    const fault = { ...full, Action: 's3' };
    const { problems } = ask({
      identity: [policy('identity', 'identity', fault)],
      session: [policy('session', 'session', fault)],
      permissionsBoundary: policy('permissions-boundary', 'boundary', fault),
      resource: policy('resource', 'resource', { ...fault, Principal: '*' }),
      vpcEndpoint: policy('vpc-endpoint', 'endpoint', { ...fault, Principal: '*' }),
      serviceControl: [[policy('service-control', 'scp', fault)]],
      resourceControl: [[policy('resource-control', 'rcp', { ...fault, Effect: 'Deny', Principal: '*' })]],
      s3: { ...noPolicies.s3, accessPointPolicy: policy('resource', 'point', { ...fault, Principal: '*' }) },
    });
    const names = ['boundary', 'endpoint', 'identity', 'point', 'rcp', 'resource', 'scp', 'session'];
    expect(problems.map(({ policy: name }) => name).sort()).toEqual(names);
  });
});

test('conditions are printed with the class of each key, one line for each part that must hold', () => {
  const either = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };
  const or = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const answer = ask(
    {
      identity: [policy('identity', 'p', { ...full, Condition: either }, { ...full, Condition: or })],
      permissionsBoundary: policy('permissions-boundary', 'b', {
        ...full,
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      }),
    },
    { context: { values: {}, complete: false } },
  );
  expect(printConditions(answer)).toEqual([
    'aws:PrincipalTag/team StringEquals "blue" (static) or aws:SourceIp IpAddress "203.0.113.0/24" (environment)',
    'aws:SecureTransport Bool "true" (environment)',
  ]);
});

test('what is printed is bounded', () => {
  expect(printExpression(true)).toBe('true');
  expect(printExpression(keyTest('k', 'static', 'is', ['x'.repeat(1900)])).endsWith('(static)')).toBe(true);
  expect(printExpression(keyTest('k', 'static', 'is', ['x'.repeat(5000)]))).toHaveLength(2001);
});
