import { describe, expect, test } from 'vitest';
import { exposureOf } from './exposure-of.ts';
import { documentOf, open, queue, said, statement, type Part } from './testing/said.ts';

const outsider = { Principal: { AWS: '444455556666' } };
const endpoint = { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
const address = { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } };
const where = 'aws:SourceIp IpAddress "0.0.0.0/1"';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
const narrowed: readonly { name: string; statement: Part; expected: readonly string[] }[] = [
  {
    name: 'an endpoint or any other narrows nothing',
    statement: { Condition: { StringLike: { 'aws:SourceVpce': ['vpce-1a2b3c4d', '*'] } } },
    expected: ['public anonymous: write if aws:SourceVpce StringLike "vpce-1a2b3c4d", "*"'],
  },
  {
    name: 'one user by his unique id, in nobody else’s name',
    statement: { Condition: { StringEquals: { 'aws:userid': 'AIDADBQP57FF2AEXAMPLE' } } },
    expected: [],
  },
  {
    name: 'one role by its unique id, in any session',
    statement: { Condition: { StringLike: { 'aws:userid': 'AROADBQP57FF2AEXAMPLE:*' } } },
    expected: [],
  },
  {
    name: 'two organisations by their paths',
    statement: {
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-exampleorgid/*', 'o-otherorgid/*'] } },
    },
    expected: [
      'organisation o-exampleorgid true: write if aws:PrincipalOrgPaths ForAnyValue:StringLike "o-exampleorgid/*", "o-otherorgid/*"',
      'organisation o-otherorgid false: write if aws:PrincipalOrgPaths ForAnyValue:StringLike "o-exampleorgid/*", "o-otherorgid/*"',
    ],
  },
  {
    name: 'a role of that name in any account is anybody',
    statement: { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } } },
    expected: ['public any-aws-account: write if aws:PrincipalArn ArnLike "arn:aws:iam::*:role/app"'],
  },
];

const named: readonly { name: string; statement: Part; expected: readonly string[] }[] = [
  {
    name: 'an outsider by a role of its own or of another',
    statement: {
      ...outsider,
      Condition: {
        ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::444455556666:role/*', 'arn:aws:iam::123456789012:role/*'] },
      },
    },
    expected: [
      'account 444455556666 outside: write if aws:PrincipalArn ArnLike "arn:aws:iam::444455556666:role/*", "arn:aws:iam::123456789012:role/*"',
    ],
  },
  {
    name: 'an outsider by a unique id, whose account it does not tell',
    statement: { ...outsider, Condition: { StringLike: { 'aws:userid': 'AROADBQP57FF2AEXAMPLE:*' } } },
    expected: ['account 444455556666 outside: write if aws:userid StringLike "AROADBQP57FF2AEXAMPLE:*"'],
  },
  {
    name: 'an outsider on behalf of the organisation',
    statement: { ...outsider, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-exampleorgid' } } },
    expected: ['account 444455556666 outside: write if aws:SourceOrgID StringEquals "o-exampleorgid"'],
  },
  {
    name: 'an outsider of another organisation than ours',
    statement: {
      ...outsider,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-exampleorgid', 'o-otherorgid'] } },
    },
    expected: [
      'account 444455556666 outside: write if aws:PrincipalOrgID StringEquals "o-exampleorgid", "o-otherorgid"',
    ],
  },
  {
    name: "an outsider, if it were of the resource's organisation",
    statement: { ...outsider, Condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } },
    expected: [],
  },
  {
    name: 'the unique id of somebody deleted',
    statement: { Principal: { AWS: 'AIDADBQP57FF2AEXAMPLE' } },
    expected: [],
  },
  {
    name: 'two services for anybody',
    statement: { Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } },
    expected: ['service events.amazonaws.com true: write', 'service sns.amazonaws.com true: write'],
  },
];

describe('conditions', () => {
  test.each([...narrowed, ...named])('$name', ({ statement: more, expected }) => {
    expect(open(more).sort()).toEqual([...expected].sort());
  });

  test('on the organisation leave open what is not known of its members', () => {
    const policy = documentOf([
      statement({ ...outsider, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
    ]);
    const organization = { id: 'o-exampleorgid', accounts: undefined };
    expect(said({ ...queue, organization, policy })).toEqual([
      'account 444455556666 unknown: write if aws:PrincipalOrgID StringEquals "o-exampleorgid"',
    ]);
    expect(said({ ...queue, organization: undefined, policy })).toEqual([
      'account 444455556666 unknown: write if aws:PrincipalOrgID StringEquals "o-exampleorgid"',
    ]);
  });
});

describe('one audience', () => {
  const roles = ['a', 'b'].map((name) => ({ Principal: { AWS: `arn:aws:iam::444455556666:role/${name}` } }));
  const two = (first: Part, second: Part) => {
    const parts = [
      { ...roles[0], ...first },
      { ...roles[1], ...second },
    ];
    return exposureOf({ ...queue, policy: documentOf(parts.map((part) => statement(part))) }).accesses;
  };

  test('has what all its roles have, by all the statements', () => {
    expect(two({ Sid: 'A' }, { Sid: 'B', Action: 'sqs:PurgeQueue' })).toMatchObject([
      {
        audience: { kind: 'account', id: '444455556666' },
        actions: ['sqs:PurgeQueue', 'sqs:SendMessage'],
        conditions: [],
        statements: ['A', 'B'],
      },
    ]);
  });

  test('has it under conditions only where none of them has it without', () => {
    const both = two({ Condition: endpoint }, { Condition: address });
    expect(both.map(({ conditions }) => conditions)).toEqual([['aws:SourceVpce StringEquals "vpce-1a2b3c4d"', where]]);
    for (const accesses of [two({ Condition: endpoint }, {}), two({}, { Condition: endpoint })]) {
      expect(accesses.map(({ conditions }) => conditions)).toEqual([[]]);
    }
  });
});

describe('a wider audience', () => {
  const read = { Action: 'sqs:ReceiveMessage' };
  const members = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } };
  const others = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-otherorgid' } } };
  const member = { Principal: { AWS: '999988887777' } };

  test.each<[string, readonly Part[], readonly string[]]>([
    [
      'holds those who have it under its conditions',
      [{ Condition: address }, { ...outsider, Condition: address }],
      [`public anonymous: write if ${where}`],
    ],
    [
      'holds a narrower one under any',
      [{}, { ...outsider, Condition: address }, { Condition: endpoint }],
      ['public anonymous: write'],
    ],
    [
      'of other conditions does not hold those without',
      [{ Condition: address }, outsider],
      ['account 444455556666 outside: write', `public anonymous: write if ${where}`],
    ],
    [
      'does not hold who may do something else',
      [read, outsider],
      ['account 444455556666 outside: write', 'public anonymous: read'],
    ],
    [
      'of the public is no service',
      [{}, { Principal: { Service: 'sns.amazonaws.com' } }],
      ['public anonymous: write', 'service sns.amazonaws.com true: write'],
    ],
    ['holds the members of the organisation', [members, member], ['organisation o-exampleorgid true: write']],
    [
      'of the organisation does not hold outsiders',
      [members, outsider],
      ['account 444455556666 outside: write', 'organisation o-exampleorgid true: write'],
    ],
    [
      'of another organisation does not hold our members',
      [others, member],
      ['account 999988887777 member: write', 'organisation o-otherorgid false: write'],
    ],
    [
      'of the organisation for something else does not hold its members',
      [{ ...members, ...read }, member],
      ['account 999988887777 member: write', 'organisation o-exampleorgid true: read'],
    ],
    ['holds the organisations', [{}, members, others], ['public anonymous: write']],
  ])('%s', (_, parts, expected) => {
    expect(open(...parts)).toEqual(expected);
  });

  test('that signs is told beside everybody under conditions', () => {
    const signed = { Condition: { Null: { 'aws:PrincipalArn': 'false' } } };
    expect(open({ Condition: address }, signed)).toEqual([
      `public anonymous: write if ${where}`,
      'public any-aws-account: write',
    ]);
    expect(open({}, signed)).toEqual(['public anonymous: write']);
  });

  test('of a service is told once, each service by itself', () => {
    const arn = { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } };
    const events = { Principal: { Service: 'events.amazonaws.com' } };
    const sns = { Principal: { Service: 'sns.amazonaws.com' }, Condition: arn };
    expect(open(events, sns)).toEqual([
      'service events.amazonaws.com true: write',
      'service sns.amazonaws.com false: write if aws:SourceArn ArnEquals "arn:aws:sns:eu-west-1:111122223333:orders"',
    ]);
  });
});

describe('a bucket', () => {
  const publicAccessBlock = { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false };
  const arn = 'arn:aws:s3:::amzn-s3-demo-bucket';
  const id = 'b'.repeat(64);
  const s3 = { acl: [], objectOwnership: undefined, publicAccessBlock };
  const bucket = { ...queue, kind: 'bucket', arn, s3 } as const;
  const policy = (more: Part): string => documentOf([statement({ Action: 's3:ListBucket', Resource: arn, ...more })]);

  test('is open to an account by its canonical id, in a policy as in a list', () => {
    expect(said({ ...bucket, policy: policy({ Principal: { CanonicalUser: id } }) })).toEqual([
      `account ${id} unknown: read`,
    ]);
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  test('is open to an origin access identity, which is CloudFront', () => {
    const AWS = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE';
    expect(said({ ...bucket, policy: policy({ Principal: { AWS } }) })).toEqual([`service ${AWS} true: read`]);
  });

  test('is open to everybody by one entry of its list', () => {
    const acl = [
      { grantee: id, permission: 'WRITE' },
      { grantee: 'AllUsers', permission: 'READ' },
    ] as const;
    expect(said({ ...bucket, s3: { ...s3, acl } })).toEqual([`account ${id} unknown: write`, 'public anonymous: read']);
  });

  test('that leaves itself to access points of two accounts is open to the other one', () => {
    const Condition = { StringEquals: { 's3:DataAccessPointAccount': ['111122223333', '444455556666'] } };
    expect(said({ ...bucket, policy: policy({ Condition }) })).toEqual([
      expect.stringMatching(/^account 444455556666 outside: read if s3:DataAccessPointAccount /),
      expect.stringMatching(/^narrowed: read/),
      expect.stringMatching(/^organisation o-exampleorgid true: read/),
    ]);
  });
});

test('a role is open to whoever has a token of any provider where it trusts everybody', () => {
  const trust = documentOf([{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' }]);
  const role = { ...queue, kind: 'role', arn: 'arn:aws:iam::111122223333:role/app', policy: trust } as const;
  expect(said(role)).toEqual(['public anonymous: assume']);
});
