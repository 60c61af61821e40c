import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import type { ExposedResource } from './access.ts';
import { exposureOf } from './exposure-of.ts';
import { documentOf, open, queue, said, statement, type Part } from './testing/said.ts';

const cases: readonly { name: string; statement: Part; expected: readonly string[] }[] = [
  { name: 'everybody', statement: {}, expected: ['public anonymous: write'] },
  { name: 'its own account', statement: { Principal: { AWS: '111122223333' } }, expected: [] },
  {
    name: 'an outsider',
    statement: { Principal: { AWS: '444455556666' } },
    expected: ['account 444455556666 outside: write'],
  },
  {
    name: 'a member, by a role',
    statement: { Principal: { AWS: 'arn:aws:iam::999988887777:role/app' } },
    expected: ['account 999988887777 member: write'],
  },
  {
    name: 'the organisation',
    statement: { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } },
    expected: ['organisation o-exampleorgid true: write'],
  },
  {
    name: 'the organisation, by a path below its root',
    statement: {
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-exampleorgid/r-ab12/ou-ab12-11111111/*' } },
    },
    expected: [
      'organisation o-exampleorgid true: write if aws:PrincipalOrgPaths ForAnyValue:StringLike "o-exampleorgid/r-ab12/ou-ab12-11111111/*"',
    ],
  },
  {
    name: 'another organisation',
    statement: { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-otherorgid' } } },
    expected: ['organisation o-otherorgid false: write'],
  },
  {
    name: 'another organisation, by a path below its root',
    statement: { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-otherorgid/r-ab12/*' } } },
    expected: [
      'organisation o-otherorgid false: write if aws:PrincipalOrgPaths ForAnyValue:StringLike "o-otherorgid/r-ab12/*"',
    ],
  },
  {
    name: 'an outsider, if it were of the organisation',
    statement: {
      Principal: { AWS: '444455556666' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
    },
    expected: [],
  },
  {
    name: 'an outsider, if it were of the organisation, by a path',
    statement: {
      Principal: { AWS: '444455556666' },
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-exampleorgid/*' } },
    },
    expected: [],
  },
  {
    name: 'an outsider, under the name of another',
    statement: {
      Principal: { AWS: '444455556666' },
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/*' } },
    },
    expected: [],
  },
  {
    name: 'everybody of an account that a condition names',
    statement: { Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } } },
    expected: ['account 444455556666 outside: write'],
  },
  {
    name: 'a VPC endpoint',
    statement: { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } },
    expected: [
      'narrowed: write if aws:SourceVpce StringEquals "vpce-1a2b3c4d"',
      'organisation o-exampleorgid true: write if aws:SourceVpce StringEquals "vpce-1a2b3c4d"',
    ],
  },
  {
    name: 'a service for anybody',
    statement: { Principal: { Service: 'sns.amazonaws.com' } },
    expected: ['service sns.amazonaws.com true: write'],
  },
  {
    name: 'a service for one topic',
    statement: {
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } },
    },
    expected: [
      'service sns.amazonaws.com false: write if aws:SourceArn ArnEquals "arn:aws:sns:eu-west-1:111122223333:orders"',
    ],
  },
  {
    name: 'everybody but one account',
    statement: { Condition: { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } } },
    expected: ['public anonymous: write'],
  },
  {
    name: 'those who are signed in, by a condition',
    statement: { Condition: { Null: { 'aws:PrincipalArn': 'false' } } },
    expected: ['public any-aws-account: write'],
  },
];

describe('exposureOf', () => {
  test.each(cases)('$name', ({ statement: more, expected }) => {
    expect(open(more).sort()).toEqual([...expected].sort());
  });

  test('says which statements grant it', () => {
    const policy = documentOf([statement({ Sid: 'Send' }), statement({ Action: 'sqs:ReceiveMessage' })]);
    const found = exposureOf({ ...queue, policy }).accesses.map(({ access, statements }) => [access, ...statements]);
    expect(found).toEqual([
      ['read', '/Statement/1'],
      ['write', 'Send'],
    ]);
  });

  test('an account that may more than everybody is told beside them', () => {
    const outsider = statement({ Principal: { AWS: '444455556666' }, Action: ['sqs:SendMessage', 'sqs:PurgeQueue'] });
    expect(said({ ...queue, policy: documentOf([statement(), outsider]) }).sort()).toEqual([
      'account 444455556666 outside: write',
      'public anonymous: write',
    ]);
    const same = statement({ Principal: { AWS: '444455556666' } });
    expect(said({ ...queue, policy: documentOf([statement(), same]) })).toEqual(['public anonymous: write']);
  });

  test('resource control policies do not reach the management account', () => {
    const everybody = [statement({ Effect: 'Deny', Action: 'sqs:*' })];
    const resourceControl = [[parsePolicy(documentOf(everybody), { name: 'guard', kind: 'resource-control' })]];
    const resource = { ...queue, policy: documentOf([statement()]), resourceControl };
    expect(said(resource)).toEqual([]);
    expect(said({ ...resource, inManagementAccount: true })).toEqual(['public anonymous: write']);
  });

  test('who has credentials of AWS assumes a role by no action of identity providers', () => {
    const trust = documentOf([{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sts:*' }]);
    const role = { ...queue, kind: 'role', arn: 'arn:aws:iam::111122223333:role/app', policy: trust } as const;
    const actions = exposureOf(role).accesses.flatMap((access) => access.actions);
    expect(actions).toContain('sts:AssumeRole');
    expect(actions.filter((action) => action.startsWith('sts:AssumeRoleWith'))).toEqual([]);
  });

  test('an access control list opens a bucket to another account, not to its owner', () => {
    const [owner, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const publicAccessBlock = { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false };
    const listed = (grantee: string): string[] =>
      said({
        ...queue,
        kind: 'bucket',
        arn: 'arn:aws:s3:::amzn-s3-demo-bucket',
        s3: { acl: [{ grantee, permission: 'READ' }], objectOwnership: undefined, publicAccessBlock, owner },
      });
    expect(listed(other)).toEqual([`account ${other} unknown: read`]);
    expect(listed(owner)).toEqual([]);
  });

  test('what cannot be read is said, beside what is open all the same', () => {
    const { accesses, unreadable } = exposureOf({
      ...queue,
      policy: documentOf([statement(), statement({ Principal: 7 })]),
    });
    expect(accesses.map(({ audience }) => audience.kind)).toEqual(['public']);
    expect(unreadable).toContain('/Statement/1/Principal');
    expect(exposureOf({ ...queue, policy: '[]' })).toMatchObject({ accesses: [], unreadable: expect.any(String) });
    expect(exposureOf(queue)).toEqual({ accesses: [], unreadable: undefined });
  });

  test('a document larger than AWS stores is not taken for the policy', () => {
    const policy = documentOf([statement({ Sid: 'x'.repeat(40_000) })]);
    expect(exposureOf({ ...queue, policy }).unreadable).toContain('stores at most');
  });
});

const conditions: readonly Part[] = [
  {},
  { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
  { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } },
  { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } },
];
const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.constantFrom('*', { AWS: '444455556666' }, { Service: 'sns.amazonaws.com' }, { AWS: '*' }),
  Action: fc.constantFrom('sqs:*', 'sqs:SendMessage', 'sqs:Receive*'),
  Resource: fc.constant('*'),
  Condition: fc.constantFrom(...conditions),
});

function publicActions(statements: readonly Part[]): Set<string> {
  const { accesses } = exposureOf({ ...queue, policy: documentOf(statements) });
  return new Set(accesses.flatMap(({ audience, actions }) => (audience.kind === 'public' ? actions : [])));
}

describe('grants of a key', () => {
  const key: ExposedResource = {
    ...queue,
    kind: 'key',
    arn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  };
  const granted = (granteePrincipal: string, constraints: object = {}): string[] =>
    said({
      ...key,
      kmsGrants: [
        {
          granteePrincipal,
          operations: ['Decrypt'],
          encryptionContextSubset: {},
          encryptionContextEquals: undefined,
          ...constraints,
        },
      ],
    });

  test('open it to whom they name, as far as they name operations', () => {
    expect(granted('arn:aws:iam::444455556666:role/reader')).toEqual(['account 444455556666 outside: read']);
    expect(granted('arn:aws:iam::444455556666:root')).toEqual(['account 444455556666 outside: read']);
    expect(granted('arn:aws:iam::999988887777:user/app')).toEqual(['account 999988887777 member: read']);
    expect(granted('arn:aws:iam::444455556666:role/reader', { operations: ['RetireGrant'] })).toEqual([
      'account 444455556666 outside: administer',
    ]);
  });

  test('open it neither to its own account nor to services', () => {
    expect(granted('arn:aws:iam::111122223333:role/reader')).toEqual([]);
    expect(granted('rds.eu-west-1.amazonaws.com')).toEqual([]);
  });

  test('tell their constraints as conditions', () => {
    expect(granted('arn:aws:iam::444455556666:role/reader', { encryptionContextSubset: { app: 'x' } })).toEqual([
      'account 444455556666 outside: read if kms:EncryptionContext:app StringEquals "x"',
    ]);
  });
});

describe('for any policy', () => {
  const settings = { seed: 20_261_120, numRuns: 300 };

  test('another deny opens nothing, another allow closes nothing, and order does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { minLength: 1, maxLength: 4 }), anyStatement, (statements, added) => {
        const before = publicActions(statements);
        const after = publicActions([added, ...statements]);
        const [less, more] = added.Effect === 'Deny' ? [after, before] : [before, after];
        expect([...less].filter((action) => !more.has(action))).toEqual([]);
        expect(publicActions([...statements].reverse())).toEqual(before);
      }),
      settings,
    );
  });

  test('text that is no policy opens nothing and is called unreadable', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.json()), (policy) => {
        expect(exposureOf({ ...queue, policy })).toMatchObject({ accesses: [], unreadable: expect.any(String) });
      }),
      settings,
    );
  });
});
