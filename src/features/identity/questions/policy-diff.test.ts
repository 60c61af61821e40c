import { expect, test } from 'vitest';
import { serviceActions } from '../../../domain/iam/actions.ts';
import { sortedActions } from '../actions/action-index.ts';
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

const but = (Action: unknown, NotResource: unknown): object => ({ Effect: 'Allow', Action, NotResource });
/** Patterns of all actions that AWS lists. */
const services = (names: string): string[] =>
  [...new Set(sortedActions().map((action) => action.slice(0, action.indexOf(':'))))].map((one) => `${one}:${names}`);

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
    [
      'as many resources as are shown',
      [],
      [
        allow(
          's3:GetObject',
          ['a', 'b', 'c', 'd'].map((name) => `arn:aws:s3:::${name}`),
        ),
      ],
      ['Newly allows s3:GetObject on arn:aws:s3:::a, arn:aws:s3:::b, arn:aws:s3:::c, arn:aws:s3:::d.'],
    ],
    [
      'everything but a resource, in two statements',
      [but(['s3:GetObject', 's3:PutObject'], logs)],
      [but('s3:GetObject', logs), but('s3:PutObject', logs), but('s3:GetObject', logs)],
      [],
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
    [
      'nothing but actions of the future',
      [{ Effect: 'Allow', NotAction: services('*'), Resource: '*' }],
      [],
      ['No longer allows actions that AWS does not list yet.'],
    ],
    ['everything', [], [allow('*')], ['Newly allows every action.']],
    [
      'a resource more',
      [allow('s3:GetObject', [logs])],
      [allow('s3:GetObject', [logs, 'arn:aws:s3:::reports/*'])],
      ['Newly allows s3:GetObject on arn:aws:s3:::logs/*, arn:aws:s3:::reports/*.'],
    ],
    [
      'resources in another order',
      [allow('s3:GetObject', ['a:a', 'b:b'])],
      [allow('s3:GetObject', ['b:b', 'a:a', 'b:b'])],
      [],
    ],
    [
      'more resources than are shown',
      [],
      [
        allow(
          's3:GetObject',
          ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `arn:aws:s3:::${name}`),
        ),
      ],
      ['Newly allows s3:GetObject on arn:aws:s3:::a, arn:aws:s3:::b, arn:aws:s3:::c, arn:aws:s3:::d, 2 more.'],
    ],
    [
      'everything but a resource, within everything',
      [allow('s3:GetObject')],
      [allow('s3:GetObject'), but('s3:GetObject', logs)],
      [],
    ],
    [
      'everything but a resource, instead of everything',
      [allow('s3:GetObject')],
      [but('s3:GetObject', logs)],
      ['No longer allows s3:GetObject.'],
    ],
    [
      'everything but another resource',
      [but('s3:GetObject', logs)],
      [but('s3:GetObject', 'arn:aws:s3:::reports/*')],
      [
        'Newly allows s3:GetObject on everything but arn:aws:s3:::reports/*.',
        'No longer allows s3:GetObject on everything but arn:aws:s3:::logs/*.',
      ],
    ],
    [
      'everything but a resource is not the resource',
      [but('s3:GetObject', logs)],
      [allow('s3:GetObject', logs)],
      [
        'Newly allows s3:GetObject on arn:aws:s3:::logs/*.',
        'No longer allows s3:GetObject on everything but arn:aws:s3:::logs/*.',
      ],
    ],
    [
      'everything but what is named, be it `*`',
      [allow('s3:GetObject', logs)],
      [but('s3:GetObject', '*')],
      [`Newly allows s3:GetObject on everything but *.`, `No longer allows s3:GetObject on ${logs}.`],
    ],
    [
      'a variable may stand for anything, and covers only itself',
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:username}*')],
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:username}*'), allow('s3:GetObject', 'arn:aws:s3:::${aws:username}*x')],
      ['Newly allows s3:GetObject on arn:aws:s3:::${aws:username}*x.'],
    ],
    [
      'a variable within a pattern',
      [allow('s3:GetObject', logs)],
      [allow('s3:GetObject', logs), allow('s3:GetObject', 'arn:aws:s3:::logs/${aws:username}/*')],
      [],
    ],
    [
      'the same conditions, in another order and another case',
      [
        allow('s3:GetObject', logs, {
          Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a', 'o-b'] }, ...mfa.Condition },
        }),
      ],
      [
        allow('s3:GetObject', logs, {
          Condition: { ...mfa.Condition, StringEquals: { 'AWS:principalorgid': ['o-b', 'o-a'] } },
        }),
      ],
      [],
    ],
    [
      'another condition',
      [allow('s3:GetObject', logs, mfa)],
      [allow('s3:GetObject', logs, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      [
        `Newly allows s3:GetObject on ${logs}, where the request is sent over TLS.`,
        `No longer allows s3:GetObject on ${logs}, where the caller signed in with MFA.`,
      ],
    ],
    [
      'a Deny that cannot be read denies all the same',
      [],
      [deny('s3:GetObject', '*', { Condition: 7 })],
      ['Newly denies s3:GetObject.'],
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

const texts = (before: unknown[], after: unknown[]): string[] =>
  diffDocuments(readShared(...before), readShared(...after)).map((row) => row.text);
const [one, two] = ['111122223333', '444455556666'];

test.each<[string, unknown[], unknown[], string[]]>([
  [
    'fewer of those named',
    [{ AWS: [one, two] }],
    [{ AWS: [two] }],
    [`No longer allows sqs:SendMessage to ${one}, ${two}.`],
  ],
  ['more of those named', [{ AWS: [two] }], [{ AWS: [one, two] }], [`Newly allows sqs:SendMessage to ${one}, ${two}.`]],
  ['those named, in another order', [{ AWS: [one, two] }], [{ AWS: [two, one] }], []],
  ['one of those named beside them', [{ AWS: [one, two] }], [{ AWS: [one, two] }, { AWS: two }], []],
  ['one who was named beside everybody', [{ AWS: [one, '*'] }], [{ AWS: [one, '*'] }, { AWS: two }], []],
  ['one beside everybody', ['*'], ['*', { AWS: two }], []],
  [
    'a service of the same name',
    [{ AWS: one }],
    [{ AWS: one }, { Service: 'sns.amazonaws.com' }],
    ['Newly allows sqs:SendMessage to sns.amazonaws.com.'],
  ],
])('principals: %s', (_, before, after, said) => {
  expect(texts(before, after)).toEqual(said);
});

function sparing(...AWS: string[]) {
  const statement = { ...deny('sqs:SendMessage'), NotPrincipal: { AWS } };
  return parsePolicy({ Version: '2012-10-17', Statement: [statement] }, { name: 'p', kind: 'resource' });
}

test('whom a Deny spares', () => {
  expect(diffDocuments(sparing('111122223333'), sparing('111122223333'))).toEqual([]);
  expect(diffDocuments(sparing('111122223333'), sparing('444455556666')).map((row) => row.text)).toEqual([
    'Newly denies sqs:SendMessage to everybody but 444455556666.',
    'No longer denies sqs:SendMessage to everybody but 111122223333.',
  ]);
});

/** A trust policy, which has no resources, with one statement or none. */
function trusting(count: 0 | 1) {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } };
  const Statement = [statement].slice(0, count);
  return parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'trust' });
}

test('a statement without resources is of what its policy is attached to', () => {
  expect(diffDocuments(trusting(1), trusting(1))).toEqual([]);
  expect(diffDocuments(trusting(0), trusting(1))).toMatchObject([
    { text: 'Newly allows sts:AssumeRole to 111122223333.', resources: [] },
  ]);
});

test('a row says what it is of', () => {
  const [row] = diffDocuments(read([]), read([allow('*', logs)]));
  expect(row).toMatchObject({
    change: 'added',
    effect: 'Allow',
    future: true,
    resources: [logs],
    principals: '',
    conditions: '',
  });
  expect(row?.actions.length).toBe(sortedActions().length);
  const [named] = diffDocuments(read([allow('s3:GetObject', logs)]), read([]));
  expect(named).toMatchObject({ change: 'removed', actions: ['s3:GetObject'], future: false });
});
