import { expect, test } from 'vitest';
import { serviceActions } from '../../../domain/iam/actions.ts';
import { parsePolicy } from '../policy/parse.ts';
import { diffDocuments } from './policy-diff.ts';

const logs = 'arn:aws:s3:::logs/*';
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

/** Statements of the old and of the new version, and what is said of the difference. */
const cases: readonly [name: string, before: readonly object[], after: readonly object[], texts: readonly string[]][] =
  [
    ['nothing changed', [allow('s3:GetObject')], [allow('s3:GetObject')], []],
    [
      'split in two, in another order and with other names',
      [allow(['s3:GetObject', 's3:PutObject'], logs)],
      [allow('s3:PutObject', logs, { Sid: 'W' }), allow('S3:getobject', logs, { Sid: 'R' })],
      [],
    ],
    [
      'an action more',
      [allow('s3:GetObject')],
      [allow(['s3:GetObject', 's3:PutObject'])],
      ['Newly allows s3:PutObject.'],
    ],
    [
      'an action less',
      [allow('sns:*')],
      [],
      [`No longer allows all ${serviceActions('sns')?.names.length} actions of sns.`],
    ],
    [
      'fewer resources: what is left is covered by the old',
      [allow('s3:GetObject')],
      [allow('s3:GetObject', logs)],
      ['No longer allows s3:GetObject.'],
    ],
    [
      'a narrower pattern within a wider',
      [allow('s3:GetObject', 'arn:aws:s3:::logs*')],
      [allow('s3:GetObject', 'arn:aws:s3:::logs*'), allow('s3:GetObject', logs)],
      [],
    ],
    [
      'a condition added',
      [allow('iam:CreateUser')],
      [allow('iam:CreateUser', '*', mfa)],
      ['No longer allows iam:CreateUser.'],
    ],
    [
      'a condition taken away',
      [allow('iam:CreateUser', '*', mfa)],
      [allow('iam:CreateUser')],
      ['Newly allows iam:CreateUser.'],
    ],
    ['a deny more', [], [deny('s3:DeleteBucket', logs)], [`Newly denies s3:DeleteBucket on ${logs}.`]],
    ['a deny less', [deny('s3:DeleteBucket')], [], ['No longer denies s3:DeleteBucket.']],
    [
      'an Allow never covers a Deny',
      [allow('s3:DeleteBucket')],
      [deny('s3:DeleteBucket')],
      ['Newly denies s3:DeleteBucket.', 'No longer allows s3:DeleteBucket.'],
    ],
    [
      'an Allow that cannot be read grants nothing',
      [allow('s3:GetObject')],
      [allow('s3:GetObject', '*', { Condition: 7 })],
      ['No longer allows s3:GetObject.'],
    ],
    [
      'actions of the future',
      [allow('*')],
      [{ Effect: 'Allow', NotAction: 'iam:CreateUser', Resource: '*' }],
      ['No longer allows iam:CreateUser.'],
    ],
  ];

function read(Statement: readonly object[]) {
  return parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'identity' });
}

function readShared(...principals: unknown[]) {
  const Statement = principals.map((Principal) => ({ ...allow('sqs:SendMessage'), Principal }));
  return parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'resource' });
}

test.each(cases)('%s', (_, before, after, texts) => {
  expect(diffDocuments(read(before), read(after)).map((row) => row.text)).toEqual(texts);
});

test('principals of resource policies', () => {
  const closed = readShared({ AWS: '111122223333' });
  expect(diffDocuments(closed, readShared('*')).map((row) => row.text)).toEqual([
    'Newly allows sqs:SendMessage to everybody.',
  ]);
  expect(diffDocuments(readShared('*'), closed).map((row) => row.text)).toEqual([
    'No longer allows sqs:SendMessage to everybody.',
  ]);
});
