import { expect, test } from 'vitest';
import type { CompiledStatement } from './compiled-document.ts';
import { account, allow, compiled, deny, everyone, identity, library, policyText } from './testing/asking.ts';
import { ownAccount } from './own-account.ts';

const tag = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const mine = '${aws:PrincipalArn}';

test.each([
  ['whom a condition on a tag picks out', [allow('s3:*'), allow('ec2:*', { Condition: { ...mfa, ...tag } })]],
  [
    'whose own ARN is compared with',
    [allow('s3:*', { Condition: { StringEquals: { 'aws:SourceArn': ['arn:aws:s3:::x', mine] } } })],
  ],
  [
    'whose name stands in a resource',
    [allow('s3:*', { Resource: ['arn:aws:s3:::x', 'arn:aws:s3:::${aws:username}'] })],
  ],
])('a document may say something else to somebody %s', (_, statements) => {
  expect(identity(...statements).ofPrincipal).toBe(true);
});

test('a document that names somebody among others, or spares somebody, is asked for each', () => {
  const named = { Principal: { AWS: `arn:aws:iam::${account}:role/app`, Service: 'sns.amazonaws.com' } };
  expect(compiled('resource', allow('sqs:*', everyone), allow('sqs:*', named)).ofPrincipal).toBe(true);
  expect(compiled('resource', deny('sqs:*', { NotPrincipal: { AWS: account } })).ofPrincipal).toBe(true);
  const also = { Principal: { AWS: ['*', `arn:aws:iam::${account}:role/app`] } };
  expect(compiled('resource', allow('sqs:*', also)).ofPrincipal).toBe(true);
});

test.each([
  ['has no conditions', [allow('s3:*')]],
  ['asks for nothing of the principal', [allow('s3:*', { Condition: mfa })]],
  [
    'has the word for such a key as plain text',
    [allow('s3:*', { Condition: { StringEquals: { 's3:prefix': 'aws:username' } } })],
  ],
])('a document says the same to all where it %s', (_, statements) => {
  expect(identity(...statements).ofPrincipal).toBe(false);
  const open = statements.map((statement) => ({ ...statement, ...everyone }));
  expect(compiled('resource', ...open).ofPrincipal).toBe(false);
});

/** The only statement of the policy as it is held for many accounts. */
function shared(more: Record<string, unknown>): CompiledStatement {
  const document = compiled('resource', allow('s3:*', { Sid: account, ...everyone, ...more }));
  expect(document.abstracted).toBe(true);
  return document.statements[0]!;
}

const away = '444455556666';

test('a part that names the account among others is read anew in each account', () => {
  const Resource = [`arn:aws:s3:::logs-${account}`, 'arn:aws:s3:::logs'];
  expect(shared({ Resource }).resources?.universal).toBe(false);
  expect(shared({ Principal: { AWS: [account, away] } }).principals?.universal).toBe(false);
  for (const Condition of [
    { StringEquals: { 'aws:PrincipalAccount': [account, away] } },
    { StringEquals: { 's3:prefix': 'x', [`aws:RequestTag/${account}`]: 'x' } },
  ]) {
    expect(shared({ Condition }).conditions?.universal).toBe(false);
  }
});

test('a part that does not name the account is the same in all', () => {
  const statement = shared({ Condition: mfa, Principal: { AWS: [away, '*'] } });
  expect(statement.resources?.universal).toBe(true);
  expect(statement.principals?.universal).toBe(true);
  expect(statement.conditions?.universal).toBe(true);
});

test('what is not held for many accounts is universal, whatever digits it has', () => {
  const Condition = { StringEquals: { 'aws:PrincipalAccount': ownAccount } };
  const more = { Principal: { AWS: ownAccount }, Condition, Resource: `arn:aws:s3:::logs-${ownAccount}` };
  const { abstracted, statements } = library.intern(policyText(allow('s3:*', more)), 'resource', account);
  const [statement] = statements;
  expect(abstracted).toBe(false);
  expect(statement?.resources?.universal).toBe(true);
  expect(statement?.principals?.universal).toBe(true);
  expect(statement?.conditions?.universal).toBe(true);
});
