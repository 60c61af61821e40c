import { describe, expect, test } from 'vitest';
import { documentIn } from './bind.ts';
import { PolicyLibrary } from './library.ts';
import { ownAccount } from './own-account.ts';

const accounts = ['111122223333', '444455556666'] as const;

function policyOf(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: `Own${account}`, Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::logs-${account}/*` },
      {
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } },
      },
    ],
  });
}

const long = (end: string): string => policyOf(accounts[0]).replace('s3:*', `s3:${'x'.repeat(9000)}${end}`);

describe('interning', () => {
  test('one policy rolled out to many accounts is one document', () => {
    const library = new PolicyLibrary();
    const [first, second] = accounts.map((account) => library.intern(policyOf(account), 'identity', account));
    expect(second).toBe(first);
    expect(first?.abstracted).toBe(true);
    expect(library.sizes.documents).toBe(1);
  });

  test('a foreign account, another kind or another text makes another document', () => {
    const library = new PolicyLibrary();
    const text = policyOf(accounts[0]);
    const ids = [
      library.intern(text, 'identity', accounts[0]),
      library.intern(text, 'identity', accounts[1]),
      library.intern(text, 'session', accounts[0]),
      library.intern(`${text} `, 'identity', accounts[0]),
      // Literally with the stand-in for the own account, which must not be taken for one that was put in.
      library.intern(policyOf(ownAccount), 'identity', accounts[0]),
    ].map((document) => document.id);
    expect(new Set(ids).size).toBe(5);
  });

  test('equal parts of different documents are compiled once', () => {
    const library = new PolicyLibrary();
    const statement = { Effect: 'Allow', Action: ['s3:Get*', 'ec2:*'], Resource: 'arn:aws:s3:::a/*' };
    const condition = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
    for (const Statement of [
      [{ ...statement, Condition: condition }],
      [statement, { ...statement, Sid: 'Again', Action: ['ec2:*', 's3:get*'], Condition: condition }],
    ]) {
      library.intern(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity');
    }
    expect(library.sizes).toEqual({ documents: 2, actionSets: 1, resourceSets: 1, conditionPrograms: 1 });
  });

  test('long texts are told apart too', () => {
    const library = new PolicyLibrary();
    const first = library.intern(long('a'), 'identity');
    expect(library.intern(long('b'), 'identity')).not.toBe(first);
    expect(library.intern(long('a'), 'identity')).toBe(first);
  });

  test('an unreadable document denies everything, an Allow with a fault is left out', () => {
    const library = new PolicyLibrary();
    const broken = library.intern('{"Statement":', 'identity');
    expect(broken.statements.map(({ deny, resources, conditions }) => ({ deny, resources, conditions }))).toEqual([
      { deny: true, resources: undefined, conditions: undefined },
    ]);
    const faulty = library.intern('{"Statement":[{"Effect":"Allow","Action":"s3 Get","Resource":"*"}]}', 'identity');
    expect(faulty.source.statements.length).toBe(1);
    expect(faulty.statements).toEqual([]);
  });
});

test('a document reads in each account as its text did', () => {
  const library = new PolicyLibrary();
  for (const account of [...accounts, accounts[0]]) {
    const { statements } = documentIn(library.intern(policyOf(account), 'identity', account), account);
    expect(statements[0]?.sid).toBe(`Own${account}`);
    expect(statements[0]?.resources?.patterns).toEqual([`arn:aws:s3:::logs-${account}/*`]);
    expect(statements[1]?.conditions[0]?.values).toEqual([account]);
    // The same object while the account stays the same: what is worked out about its statements lasts.
    const again = library.intern(policyOf(account), 'identity', account);
    expect(documentIn(again, account)).toBe(documentIn(again, account));
  }
});
