import { expect, test } from 'vitest';
import { parsePolicy } from './parse.ts';
import { isPublicPolicy } from './s3-public.ts';

const account = '111122223333';
const everyone = (Condition?: object): object => ({
  Principal: '*',
  ...(Condition === undefined ? {} : { Condition }),
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
test.each<readonly [string, object, boolean]>([
  ['everyone', everyone(), true],
  ['everyone in a list', { Principal: { AWS: [account, '*'] } }, true],
  ['an account', { Principal: { AWS: account } }, false],
  ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
  ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, false],
  ['a web identity provider', { Principal: { Federated: 'graph.facebook.com' } }, true],
  ['a fixed VPC', everyone({ StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } }), false],
  ['a VPC by StringLike without wildcard', everyone({ StringLike: { 'aws:SourceVpc': 'vpc-91237329' } }), false],
  ['a VPC by wildcard', everyone({ StringLike: { 'aws:SourceVpc': 'vpc-*' } }), true],
  ['one of two VPCs by wildcard', everyone({ StringLike: { 'aws:SourceVpc': ['vpc-91237329', 'vpc-?'] } }), true],
  // eslint-disable-next-line no-template-curly-in-string -- a policy variable
  ['a VPC by variable', everyone({ StringEquals: { 'aws:SourceVpc': '${aws:PrincipalTag/vpc}' } }), true],
  ['all but a VPC', everyone({ StringNotEquals: { 'aws:SourceVpc': 'vpc-91237329' } }), true],
  ['a VPC if there is one', everyone({ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-91237329' } }), true],
  ['a VPC for all values', everyone({ 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-91237329' } }), true],
  ['a VPC for any value', everyone({ 'ForAnyValue:StringEquals': { 'aws:SourceVpc': 'vpc-91237329' } }), false],
  ['an organisation', everyone({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }), false],
  ['a key that fixes nothing', everyone({ StringEquals: { 'aws:UserAgent': 'x' } }), true],
  [
    'a key that fixes nothing beside one that does',
    everyone({ StringEquals: { 'aws:UserAgent': 'x', 'AWS:SourceAccount': account } }),
    false,
  ],
  [
    'an access point of an account',
    everyone({ StringLike: { 's3:DataAccessPointArn': `arn:aws:s3:us-west-2:${account}:accesspoint/*` } }),
    false,
  ],
  [
    'an access point of any account',
    everyone({ StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:*:accesspoint/*' } }),
    true,
  ],
  ['a narrow range', everyone({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), false],
  ['a range of /8', everyone({ IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } }), false],
  ['a range of /7', everyone({ IpAddress: { 'aws:SourceIp': '12.0.0.0/7' } }), true],
  ['a narrow and a wide range', everyone({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }), true],
  [
    'a private range',
    everyone({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } }),
    false,
  ],
  ['an IPv6 range of /32', everyone({ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }), false],
  ['an IPv6 range of /31', everyone({ IpAddress: { 'aws:SourceIp': '2001:db8::/31' } }), true],
  ['all but a range', everyone({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), true],
  ['a malformed Allow', { Principal: '*', Action: 's3' }, false],
])('%s: %s', (_name, statement, expected) => {
  const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement }];
  const policy = parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'resource' });
  expect(isPublicPolicy(policy)).toBe(expected);
});

test('a Deny is never public', () => {
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }];
  expect(isPublicPolicy(parsePolicy({ Statement }, { name: 'p', kind: 'resource' }))).toBe(false);
});
