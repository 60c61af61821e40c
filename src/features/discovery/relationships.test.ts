import { describe, expect, test } from 'vitest';
import type { AnyResource } from '../../domain/resource.ts';
import { relationshipsOf } from './relationships.ts';

const role = (trust: unknown): AnyResource => ({
  arn: 'arn:aws:iam::111122223333:role/deploy',
  type: 'AWS::IAM::Role',
  account: '111122223333',
  region: 'global',
  name: 'deploy',
  tags: {},
  collectedAt: '2026-11-01T00:00:00.000Z',
  config: {
    roleId: 'AROAEXAMPLE',
    path: '/',
    createdAt: '2026-01-01T00:00:00.000Z',
    trustPolicy: typeof trust === 'string' ? trust : JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    inlinePolicies: [],
    attachedPolicies: [],
    permissionsBoundaryArn: null,
    instanceProfileArns: [],
    lastUsedAt: null,
    lastUsedRegion: null,
  },
});
const allow = (principal: unknown, condition?: unknown) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(condition === undefined ? {} : { Condition: condition }),
});

describe('relationships of a role', () => {
  const cases: [string, unknown, string[]][] = [
    ['another account by its root', [allow({ AWS: 'arn:aws:iam::444455556666:root' })], ['444455556666 free']],
    ['another account by its id', [allow({ AWS: '444455556666' })], ['444455556666 free']],
    [
      'under a condition',
      [allow({ AWS: '444455556666' }, { StringEquals: { 'sts:ExternalId': 'x' } })],
      ['444455556666 conditional'],
    ],
    [
      'once free, once conditional',
      [
        allow({ AWS: '444455556666' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
        allow({ AWS: '444455556666' }),
      ],
      ['444455556666 free'],
    ],
    ['everybody', [allow('*')], ['* free']],
    ['its own account', [allow({ AWS: '111122223333' })], []],
    ['a service', [allow({ Service: 'lambda.amazonaws.com' })], []],
    ['a denial', [{ ...allow({ AWS: '444455556666' }), Effect: 'Deny' }], []],
    ['a document that is not JSON', '{', []],
  ];
  test.each(cases)('%s', (_name, trust, expected) => {
    const found = relationshipsOf(role(trust)).map((one) => `${one.to} ${one.conditional ? 'conditional' : 'free'}`);
    expect(found).toEqual(expected);
  });
});
