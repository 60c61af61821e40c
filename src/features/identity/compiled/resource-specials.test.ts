import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { noCompiledPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { isPlain } from './resource-findings.ts';
import {
  account,
  allow,
  ask,
  compiled,
  everyone,
  identity,
  own,
  policyText,
  principal,
  standing,
} from './testing/asking.ts';

type S3 = CompiledPolicies['s3'];

const none = noCompiledPolicies.s3;
const blocked: S3 = { ...none, publicAccessBlock: { ...none.publicAccessBlock, restrictPublicBuckets: true } };
const listed: S3 = {
  ...none,
  acl: [{ grantee: 'AllUsers', permission: 'READ' }],
};
const pointed: S3 = {
  ...none,
  accessPointPolicy: parsePolicy(policyText(allow('s3:*', everyone)), { name: 'the access point', kind: 'resource' }),
};
const grant = {
  granteePrincipal: `arn:aws:iam::${account}:role/app`,
  operations: ['Decrypt'],
  encryptionContextSubset: {},
  encryptionContextEquals: undefined,
};
const reads = [identity(allow(['s3:GetObject', 'sqs:*', 'kms:Encrypt']))];
const keyPolicy = compiled('resource', allow('kms:*', { Principal: { AWS: account } }));
const objects = 'arn:aws:s3:::reports/*';
const keys = `arn:aws:kms:eu-west-1:${account}:key/*`;

function of(resources: string, policies: Partial<CompiledPolicies>, who = own('role/app')) {
  const sets = ask(policies, { resources, resourceAccount: account }, who);
  return (...actions: string[]): string[] => actions.map((action) => standing(sets, action));
}

describe('a pattern of resources', () => {
  test('is left open as far as Block Public Access may take away, which gives nothing', () => {
    const asked = of(objects, { identity: reads, s3: blocked });
    expect(asked('s3:GetObject', 's3:PutObject', 'sqs:SendMessage')).toEqual(['conditional', 'denied', 'allowed']);
  });

  test.each([
    ['access control lists', listed],
    ['an access point policy', pointed],
  ])('is left open in all of S3 where %s may give', (_, s3) => {
    const asked = of(objects, { identity: reads, s3 });
    expect(asked('s3:GetObject', 's3:PutObject')).toEqual(['conditional', 'conditional']);
    expect(asked('sqs:SendMessage', 'sqs:ReceiveMessage', 'ec2:RunInstances')).toEqual([
      'allowed',
      'allowed',
      'denied',
    ]);
  });

  test('is left open in all of KMS where a grant may give, and only there', () => {
    const policies = { identity: reads, resource: keyPolicy };
    expect(of(keys, policies)('kms:Encrypt', 'kms:Decrypt')).toEqual(['allowed', 'denied']);
    const asked = of(keys, { ...policies, kmsGrants: [grant] });
    expect(asked('kms:Encrypt', 'kms:Decrypt', 's3:GetObject', 's3:PutObject')).toEqual([
      'conditional',
      'conditional',
      'allowed',
      'denied',
    ]);
  });

  // A bucket policy applies through access points, whose ARNs it does not name.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
  test('of access points is left open where there is a bucket policy', () => {
    const points = `arn:aws:s3:eu-west-1:${account}:accesspoint/*`;
    const resource = compiled('resource', allow('s3:PutObject', { ...everyone, Resource: objects }));
    for (const resources of [points, `arn:aws:s3:*:${account}:*`, '*']) {
      const asked = of(resources, { identity: reads, resource });
      expect(asked('s3:GetObject', 's3:PutObject', 'sqs:SendMessage')).toEqual([
        'conditional',
        'conditional',
        'allowed',
      ]);
    }
    expect(of(`arn:aws:s3:*:${account}:*`, { identity: reads })('s3:GetObject', 's3:PutObject')).toEqual([
      'allowed',
      'denied',
    ]);
    expect(of('arn:aws:s3:::reports*', { identity: reads, resource })('s3:GetObject')).toEqual(['allowed']);
  });
});

describe('one resource', () => {
  test('is decided action by action where there is more than a policy', () => {
    const stranger = principal('*');
    const open = compiled('resource', allow('s3:*', everyone));
    const one = 'arn:aws:s3:::reports/q1';
    expect(of(one, { resource: open }, stranger)('s3:GetObject')).toEqual(['allowed']);
    expect(of(one, { resource: open, s3: blocked }, stranger)('s3:GetObject')).toEqual(['denied']);
    expect(of('arn:aws:s3:::reports', { s3: listed }, stranger)('s3:ListBucket', 's3:PutObject')).toEqual([
      'allowed',
      'denied',
    ]);
    const used = of(`arn:aws:kms:eu-west-1:${account}:key/1`, { kmsGrants: [grant] });
    expect(used('kms:Decrypt', 'kms:Encrypt')).toEqual(['allowed', 'denied']);
  });

  test('the owner of a bucket repairs its policy also where public access is blocked', () => {
    const locked = compiled('resource', { ...allow('s3:*', everyone), Effect: 'Deny' });
    const asked = (name: string, s3: S3) =>
      of('arn:aws:s3:::reports', { identity: [identity(allow('*'))], resource: locked, s3 }, own(name));
    for (const s3 of [none, blocked]) {
      expect(asked('root', s3)('s3:PutBucketPolicy', 's3:ListBucket')).toEqual(['allowed', 'denied']);
      expect(asked('user/alice', s3)('s3:PutBucketPolicy')).toEqual(['denied']);
    }
  });
});

test.each<[string, string, Partial<CompiledPolicies>, boolean]>([
  ['sqs', '*', { s3: blocked, kmsGrants: [grant] }, true],
  ['kms', keys, { s3: blocked }, true],
  ['kms', keys, { kmsGrants: [grant] }, false],
  ['s3', objects, { kmsGrants: [grant] }, true],
  ['s3', objects, { s3: blocked }, false],
  ['s3', objects, { s3: listed }, false],
  ['s3', objects, { s3: pointed }, false],
  ['s3', `arn:aws:s3:eu-west-1:${account}:accesspoint/a`, {}, false],
])('whether the policy of %s is all there is: %s', (service, arn, policies, plain) => {
  expect(isPlain({ ...noCompiledPolicies, ...policies }, service, arn)).toBe(plain);
});
