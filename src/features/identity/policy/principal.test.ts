import { expect, test } from 'vitest';
import { accountOf, isInAccount, parsePrincipal } from './principal.ts';

const account = '111122223333';

test.each([
  ['*', { kind: 'anonymous' }],
  [account, { kind: 'root', account }],
  [`arn:aws-us-gov:iam::${account}:root`, { kind: 'root', partition: 'aws-us-gov' }],
  [`arn:aws:iam::${account}:user/dev/alice`, { kind: 'user', name: 'alice' }],
  [`arn:aws:iam::${account}:role/path/app`, { kind: 'role', name: 'app', pathKnown: true, session: undefined }],
  [`arn:aws:sts::${account}:assumed-role/app/run`, { kind: 'role', name: 'app', pathKnown: false, session: 'run' }],
  [`arn:aws:iam::${account}:role/aws-service-role/x/AWSServiceRoleForX`, { kind: 'role', serviceLinked: true }],
  [`arn:aws:sts::${account}:assumed-role/AWSServiceRoleForX/s`, { kind: 'role', serviceLinked: true }],
  [`arn:aws:sts::${account}:federated-user/carol`, { kind: 'federated-user', name: 'carol' }],
  ['lambda.amazonaws.com', { kind: 'service', name: 'lambda.amazonaws.com' }],
  ['ec2.amazonaws.com.cn', { kind: 'service' }],
  ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', { kind: 'service' }],
  [`arn:aws:iam::${account}:saml-provider/corp`, { kind: 'federated', account }],
  ['cognito-identity.amazonaws.com', { kind: 'federated', account: undefined }],
  ['token.actions.githubusercontent.com', { kind: 'federated' }],
])('%s', (text, expected) => {
  expect(parsePrincipal(text)).toMatchObject(expected);
});

test.each([
  'alice',
  '',
  '**',
  '11112222333',
  `arn:aws:iam::${account}:group/devs`,
  `arn:aws:iam::${account}:user/`,
  `arn:aws:iam::${account}:policy/p`,
  'arn:aws:iam::123:user/alice',
  `arn:aws:sts::${account}:assumed-role/app`,
  `arn:aws:sts::${account}:assumed-role/app/run/more`,
  `arn:aws:sts::${account}:assumed-role//run`,
  `arn:aws:s3:::bucket`,
])('%j names nobody', (text) => {
  expect(parsePrincipal(text)).toBeUndefined();
});

test('a role with a session name is that session', () => {
  expect(parsePrincipal(`arn:aws:iam::${account}:role/app`, 'run')).toMatchObject({ session: 'run' });
  expect(parsePrincipal(`arn:aws:iam::${account}:role/app`, '')).toMatchObject({ session: undefined });
});

test('identity providers belong to no account’s policies', () => {
  const provider = parsePrincipal(`arn:aws:iam::${account}:saml-provider/corp`);
  expect(provider === undefined || isInAccount(provider)).toBe(false);
  expect(provider && accountOf(provider)).toBeUndefined();
});
