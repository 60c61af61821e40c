import { expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import type { KmsGrant } from '../policy/policies.ts';
import { admits, admittedAccounts } from './admitted.ts';

const [one, two] = ['111122223333', '444455556666'] as const;
type Part = Readonly<Record<string, unknown>>;

function admitted(...statements: readonly Part[]): readonly string[] | 'everyone' {
  const Statement = statements.map((part) => ({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...part }));
  const found = admittedAccounts(
    [parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'resource' })],
    [],
  );
  return found === 'everyone' ? found : [...found];
}

const account = (operator: string, value: unknown, key = 'aws:PrincipalAccount') => ({
  Principal: '*',
  Condition: { [operator]: { [key]: value } },
});

test.each<[string, readonly Part[], readonly string[] | 'everyone']>([
  ['an account', [{ Principal: { AWS: one } }], [one]],
  ['a role and an account', [{ Principal: { AWS: [`arn:aws:iam::${one}:role/app`, two] } }], [one, two]],
  ['two statements', [{ Principal: { AWS: one } }, { Principal: { AWS: two } }], [one, two]],
  ['a service', [{ Principal: { Service: 'sns.amazonaws.com' } }], []],
  ['a service and an account', [{ Principal: { Service: 'sns.amazonaws.com', AWS: one } }], [one]],
  ['the unique id of somebody deleted', [{ Principal: { AWS: 'AROADBQP57FF2AEXAMPLE' } }], []],
  ['everybody', [{ Principal: '*' }], 'everyone'],
  ['everybody beside an account', [{ Principal: { AWS: [one, '*'] } }], 'everyone'],
  ['everybody in the second statement', [{ Principal: { AWS: one } }, { Principal: '*' }], 'everyone'],
  ['a canonical user id', [{ Principal: { CanonicalUser: 'a'.repeat(64) } }], 'everyone'],
  ['nobody, by a Deny', [{ Effect: 'Deny', Principal: '*' }], []],
  ['nobody, by a statement that cannot be read', [{ Principal: '*', Condition: 7 }], []],
  ['everybody of two accounts', [account('StringEquals', [one, two])], [one, two]],
  ['everybody of an account, as KMS names it', [account('StringEquals', one, 'KMS:CallerAccount')], [one]],
  ['everybody of accounts like these', [account('StringLike', one)], 'everyone'],
  ['everybody but an account', [account('StringNotEquals', one)], 'everyone'],
  ['everybody of an account, if it is told', [account('StringEqualsIfExists', one)], 'everyone'],
  ['everybody whose every account is this', [account('ForAllValues:StringEquals', one)], 'everyone'],
  [
    'everybody of an account or of a variable one',
    [account('StringEquals', [one, '${aws:ResourceAccount}'])],
    'everyone',
  ],
  ['anybody that it does not spare', [{ Principal: undefined, NotPrincipal: { AWS: one } }], []],
  [
    'an identity provider of an account',
    [{ Principal: { Federated: `arn:aws:iam::${two}:saml-provider/x`, AWS: one } }],
    [one],
  ],
  ['everybody of a variable account', [account('StringEquals', '${aws:ResourceAccount}')], 'everyone'],
  ['everybody of an organisation', [account('StringEquals', 'o-exampleorgid', 'aws:PrincipalOrgID')], 'everyone'],
])('policies that name %s', (_, statements, expected) => {
  expect(admitted(...statements)).toEqual(expected);
});

const acl = (...grantees: string[]) => grantees.map((grantee) => ({ grantee, permission: 'READ' as const }));

test('lists and grants admit whom they name', () => {
  expect(admittedAccounts([], acl(one))).toEqual(new Set([one]));
  expect(admittedAccounts([], acl(one, 'AllUsers'))).toBe('everyone');
  expect(admittedAccounts([], acl('a'.repeat(64)))).toBe('everyone');
  const grants = [`arn:aws:iam::${two}:role/app`, 'rds.eu-west-1.amazonaws.com'].map((granteePrincipal): KmsGrant => ({
    granteePrincipal,
    operations: ['Decrypt'],
    encryptionContextSubset: {},
    encryptionContextEquals: undefined,
  }));
  expect(admittedAccounts([], acl(one), grants)).toEqual(new Set([one, two]));
});

test('everyone is any account', () => {
  expect(admits('everyone', one)).toBe(true);
  expect(admits(new Set([one]), one)).toBe(true);
  expect(admits(new Set([one]), two)).toBe(false);
});
