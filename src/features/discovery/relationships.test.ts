import { describe, expect, test } from 'vitest';
import type { AnyResource } from '../../domain/resource.ts';
import type { KeyConfig, KmsGrant } from '../../domain/resources/kms.ts';
import type { FunctionConfig } from '../../domain/resources/lambda.ts';
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

const found = (resource: Partial<AnyResource>): string[] =>
  relationshipsOf({ ...role('{}'), region: 'eu-west-1', ...resource } as AnyResource).map(
    ({ to, kind, resource: arn, conditional }) =>
      [to, kind, arn.slice(arn.lastIndexOf('/') + 1), conditional ? 'conditional' : 'free'].join(' '),
  );
const policy = (principal: unknown): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allow(principal), Action: '*', Resource: '*' }] });
const grant = (granteePrincipal: string, more: Partial<KmsGrant> = {}): KmsGrant => ({
  grantId: granteePrincipal,
  granteePrincipal,
  retiringPrincipal: null,
  operations: ['Decrypt'],
  encryptionContextSubset: {},
  encryptionContextEquals: null,
  sourceArn: null,
  ...more,
});
const keyWith = (grants: unknown): string[] =>
  found({
    type: 'AWS::KMS::Key',
    arn: 'arn:aws:kms:eu-west-1:111122223333:key/orders',
    config: { policy: null, grants } as KeyConfig,
  });

describe('relationships of a key by its grants', () => {
  const partner = 'arn:aws:iam::444455556666:role/app';
  const cases: [string, unknown, string[]][] = [
    ['a role of another account', [grant(partner)], ['444455556666 key-grant orders free']],
    [
      'under a constraint',
      [grant(partner, { encryptionContextSubset: { app: 'orders' } })],
      ['444455556666 key-grant orders conditional'],
    ],
    [
      'for one resource',
      [grant(partner, { sourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' })],
      ['444455556666 key-grant orders conditional'],
    ],
    [
      'once free, once under a constraint',
      [grant(partner, { encryptionContextEquals: {} }), grant('444455556666')],
      ['444455556666 key-grant orders free'],
    ],
    ['its own account', [grant('arn:aws:iam::111122223333:role/app')], []],
    ['a service', [grant('dynamodb.amazonaws.com')], []],
    ['that were not read', { $unread: { operation: 'kms:ListGrants', reason: 'denied' } }, []],
    ['that are not collected', null, []],
  ];
  test.each(cases)('%s', (_name, grants, expected) => expect(keyWith(grants)).toEqual(expected));
});

test('each alias of a function speaks for itself', () => {
  const aliases = [
    { name: 'live', version: '1', policy: policy({ AWS: '444455556666' }) },
    { name: 'beta', version: '2', policy: null },
    { name: 'sealed', version: '2', policy: { $unread: { operation: 'lambda:GetPolicy', reason: 'denied' } } },
  ];
  const named = 'arn:aws:lambda:eu-west-1:111122223333:function:work';
  expect(
    found({
      type: 'AWS::Lambda::Function',
      arn: named,
      config: { policy: policy('*'), aliases } as object as FunctionConfig,
    }),
  ).toEqual([`* resource-policy ${named} free`, `444455556666 resource-policy ${named}:live free`]);
});

test.each([
  ['AWS::OpenSearchService::Domain', 'arn:aws:es:eu-west-1:111122223333:domain/logs', 'logs'],
  ['AWS::ECR::Repository', 'arn:aws:ecr:eu-west-1:111122223333:repository/app', 'app'],
] as const)('the policy of a %s', (type, arn, name) => {
  const config = { policy: policy({ AWS: 'arn:aws:iam::444455556666:root' }) };
  expect(found({ type, arn, config } as Partial<AnyResource>)).toEqual([`444455556666 resource-policy ${name} free`]);
});
