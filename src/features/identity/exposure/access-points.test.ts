import { describe, expect, test } from 'vitest';
import type { ExposedResource } from './access.ts';
import { exposureOf } from './exposure-of.ts';

type Part = Readonly<Record<string, unknown>>;

const text = (...statements: readonly Part[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) });

const point = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports';
const bucket = 'arn:aws:s3:::amzn-s3-demo-bucket';
const blocks = { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false };
const organization = { id: 'o-exampleorgid', accounts: new Set(['111122223333', '999988887777']) };

/** As AWS documents it: the bucket leaves it to the access points of its account. */
const delegating = text({
  Principal: { AWS: '*' },
  Action: '*',
  Resource: [bucket, `${bucket}/*`],
  Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
});
const everybody = { Principal: '*', Action: 's3:GetObject', Resource: `${point}/object/*` };

const said = (resource: ExposedResource): string[] =>
  exposureOf(resource).accesses.map(({ audience, access }) => {
    const { kind, ...which } = audience;
    return `${[kind, ...Object.values(which)].join(' ')}: ${access}`;
  });

function open(policy: string, behind: string | null, block: Partial<typeof blocks> = {}): string[] {
  return said({
    kind: 'access-point',
    arn: point,
    account: '111122223333',
    policy,
    organization,
    bucket: { arn: bucket, policy: behind },
    s3: { acl: [], objectOwnership: 'BucketOwnerEnforced', publicAccessBlock: { ...blocks, ...block } },
  });
}

const left = (value: string, key = 's3:DataAccessPointAccount'): string[] =>
  said({
    kind: 'bucket',
    arn: bucket,
    account: '111122223333',
    organization,
    policy: text({
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `${bucket}/*`,
      Condition: { StringLike: { [key]: value } },
    }),
  });

const domainArn = 'arn:aws:es:eu-west-1:111122223333:domain/logs';
const domain = (statement: Part): string[] =>
  said({
    kind: 'domain',
    arn: domainArn,
    account: '111122223333',
    organization,
    policy: text({ Action: 'es:*', Resource: `${domainArn}/*`, ...statement }),
  });

const from = (range: string) => ({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': range } } });

describe('an access point', () => {
  test('is public where both its policy and that of the bucket are', () => {
    expect(open(text(everybody), delegating)).toEqual(['public anonymous: read']);
    expect(open(text(everybody), null)).toEqual([]);
    expect(open(text(everybody), text({ ...everybody, Resource: `${bucket}/open/*` }))).toEqual([
      'public anonymous: read',
    ]);
    expect(
      open(
        text({ ...everybody, Resource: `${point}/object/shut/*` }),
        text({ ...everybody, Resource: `${bucket}/open/*` }),
      ),
    ).toEqual([]);
  });

  test('is not public behind a block of public policies', () => {
    expect(open(text(everybody), delegating, { restrictPublicBuckets: true })).toEqual([]);
  });

  test('is open to an account that its policy names', () => {
    const outsider = { ...everybody, Principal: { AWS: '444455556666' } };
    expect(open(text(outsider), delegating)).toEqual(['account 444455556666 outside: read']);
    expect(open(text(outsider), delegating, { restrictPublicBuckets: true })).toEqual([
      'account 444455556666 outside: read',
    ]);
    expect(open(text({ ...everybody, Principal: { AWS: '999988887777' } }), delegating)).toEqual([
      'account 999988887777 member: read',
    ]);
    expect(open(text({ ...everybody, Principal: { AWS: '111122223333' } }), delegating)).toEqual([]);
  });

  test('tells a bucket policy that cannot be read', () => {
    const { unreadable } = exposureOf({
      kind: 'access-point',
      arn: point,
      account: '111122223333',
      policy: text(everybody),
      bucket: { arn: bucket, policy: '{' },
    });
    expect(unreadable).toContain('not JSON');
  });
});

describe('a bucket that leaves it to access points', () => {
  test('is open to another account whose access points decide', () => {
    expect(left('444455556666')).toContain('account 444455556666 outside: read');
    expect(left('arn:aws:s3:eu-west-1:444455556666:accesspoint/*', 's3:DataAccessPointArn')).toContain(
      'account 444455556666 outside: read',
    );
  });

  test('is open to nobody by itself when they are its own', () => {
    expect(left('111122223333')).toEqual([]);
    expect(left('arn:aws:s3:eu-west-1:111122223333:accesspoint/*', 's3:DataAccessPointArn')).toEqual([]);
  });
});

describe('a search domain', () => {
  test('is open by its paths', () => {
    expect(domain({ Principal: { AWS: '*' } })).toEqual(['public anonymous: read', 'public anonymous: write']);
    expect(domain({ Principal: '*', Action: 'es:ESHttpGet', Resource: `${domainArn}/index/_search` })).toEqual([
      'public anonymous: read',
    ]);
    expect(domain({ Principal: { AWS: '111122223333' } })).toEqual([]);
  });

  test('is not public where addresses are named', () => {
    expect(domain(from('192.0.2.0/24')).some((one) => one.startsWith('public'))).toBe(false);
    expect(domain(from('0.0.0.0/0'))).toContain('public anonymous: read');
  });
});
