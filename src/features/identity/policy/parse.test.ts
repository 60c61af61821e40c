import { describe, expect, test } from 'vitest';
import type { PolicyKind, Statement } from './document.ts';
import { parsePolicy } from './parse.ts';

const parse = (source: unknown, kind: PolicyKind = 'identity') => parsePolicy(source, { name: 'p', kind });

const sound = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const one = (statement: object, kind: PolicyKind = 'identity') =>
  parse({ Version: '2012-10-17', Statement: [statement] }, kind);

/** Errors as `code place`. */
const errors = (document: ReturnType<typeof parse>): string[] =>
  document.problems.filter(({ severity }) => severity === 'error').map(({ code, place }) => `${code} ${place}`);
const warnings = (document: ReturnType<typeof parse>): string[] =>
  document.problems.filter(({ severity }) => severity === 'warning').map(({ code, place }) => `${code} ${place}`);

test('a sound document', () => {
  const document = parse({
    Version: '2012-10-17',
    Id: 'x',
    Statement: {
      Sid: 'One',
      Effect: 'Deny',
      NotAction: ['s3:Get*', '*'],
      NotResource: 'arn:aws:s3:::b/*',
      Condition: {
        'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a', 'b'] },
        NumericLessThan: { 's3:max-keys': 10 },
        Bool: { 'aws:SecureTransport': false },
      },
    },
  });
  expect(document).toEqual({
    name: 'p',
    kind: 'identity',
    variables: true,
    problems: [],
    statements: [
      {
        sid: 'One',
        effect: 'Deny',
        actions: { not: true, patterns: ['s3:Get*', '*'] },
        resources: { not: true, patterns: ['arn:aws:s3:::b/*'] },
        principals: undefined,
        conditions: [
          {
            operator: 'StringLike',
            quantifier: 'ForAnyValue',
            ifExists: true,
            key: 'aws:TagKeys',
            values: ['a', 'b'],
            place: '/Statement/Condition/ForAnyValue:StringLikeIfExists/aws:TagKeys',
          },
          {
            operator: 'NumericLessThan',
            quantifier: undefined,
            ifExists: false,
            key: 's3:max-keys',
            values: ['10'],
            place: '/Statement/Condition/NumericLessThan/s3:max-keys',
          },
          {
            operator: 'Bool',
            quantifier: undefined,
            ifExists: false,
            key: 'aws:SecureTransport',
            values: ['false'],
            place: '/Statement/Condition/Bool/aws:SecureTransport',
          },
        ],
        sound: true,
        place: '/Statement',
      },
    ],
  });
});

describe('faults of a statement, each with its place', () => {
  const account = '111122223333';
  test.each<readonly [string, object, PolicyKind, readonly string[]]>([
    ['an unknown element', { ...sound, 'a/b~c': 1 }, 'identity', ['unknown-element /Statement/0/a~1b~0c']],
    ['no effect', { ...sound, Effect: undefined }, 'identity', ['effect /Statement/0/Effect']],
    ['no action', { ...sound, Action: undefined }, 'identity', ['no-action /Statement/0']],
    ['no resource', { ...sound, Resource: undefined }, 'session', ['no-resource /Statement/0']],
    ['both elements', { ...sound, NotAction: '*' }, 'identity', ['both-elements /Statement/0/NotAction']],
    ['an action in a list', { ...sound, Action: ['*', 's3'] }, 'identity', ['action /Statement/0/Action/1']],
    ['an action alone', { ...sound, Action: 's3:*,ec2:*' }, 'identity', ['action /Statement/0/Action']],
    ['a service with a wildcard', { ...sound, Action: 's*:Get' }, 'identity', ['action /Statement/0/Action']],
    ['an empty list', { ...sound, Resource: [] }, 'identity', ['empty-list /Statement/0/Resource']],
    ['a resource', { ...sound, Resource: ['*', 'b'] }, 'identity', ['resource /Statement/0/Resource/1']],
    ['a short ARN', { ...sound, Resource: 'arn:aws:s3' }, 'session', ['resource /Statement/0/Resource']],
    [
      'a short ARN with a wildcard',
      { ...sound, Resource: 'arn:aws:s3:*' },
      'session',
      ['resource /Statement/0/Resource'],
    ],
    ['an ARN of nothing', { ...sound, Resource: 'arn:' }, 'identity', ['resource /Statement/0/Resource']],
    [
      'a variable in the account',
      // eslint-disable-next-line no-template-curly-in-string -- a policy variable
      { ...sound, Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:q' },
      'identity',
      ['variable-place /Statement/0/Resource'],
    ],
    ['a principal', { ...sound, Principal: '*' }, 'identity', ['principal-not-allowed /Statement/0/Principal']],
    [
      'a principal in an SCP',
      { ...sound, NotPrincipal: '*' },
      'service-control',
      ['principal-not-allowed /Statement/0/NotPrincipal'],
    ],
    ['no principal', sound, 'resource', ['no-principal /Statement/0']],
    ['a text for a principal', { ...sound, Principal: account }, 'resource', ['principal /Statement/0/Principal']],
    [
      'a kind of principal',
      { ...sound, Principal: { aws: '*' } },
      'resource',
      ['principal-kind /Statement/0/Principal/aws', 'principal /Statement/0/Principal'],
    ],
    [
      'a principal in a list',
      { ...sound, Principal: { AWS: [account, 'x'] } },
      'resource',
      ['principal /Statement/0/Principal/AWS/1'],
    ],
    [
      'an assumed role without a session',
      { ...sound, Principal: { AWS: `arn:aws:sts::${account}:assumed-role/app` } },
      'resource',
      ['principal /Statement/0/Principal/AWS', 'principal /Statement/0/Principal'],
    ],
    [
      'a session of another service',
      { ...sound, Principal: { AWS: `arn:aws:s3::${account}:assumed-role/app/run` } },
      'resource',
      ['principal /Statement/0/Principal/AWS', 'principal /Statement/0/Principal'],
    ],
    [
      'a wildcard service',
      { ...sound, Principal: { Service: '*' } },
      'resource',
      ['principal /Statement/0/Principal/Service', 'principal /Statement/0/Principal'],
    ],
    [
      'NotPrincipal with Allow',
      { ...sound, NotPrincipal: '*' },
      'resource',
      ['not-principal-allow /Statement/0/NotPrincipal'],
    ],
    [
      'NotPrincipal in trust',
      { Effect: 'Deny', Action: '*', NotPrincipal: '*' },
      'trust',
      ['not-principal-kind /Statement/0/NotPrincipal'],
    ],
    ['Resource in trust', { ...sound, Principal: '*' }, 'trust', ['resource-in-trust /Statement/0/Resource']],
    ['an RCP that allows', { ...sound, Principal: '*' }, 'resource-control', ['rcp-allow /Statement/0/Effect']],
    [
      'an RCP that allows all under a condition',
      { ...sound, Action: '*', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'resource-control',
      ['rcp-allow /Statement/0/Effect'],
    ],
    [
      'an RCP for one account',
      { ...sound, Effect: 'Deny', Principal: { AWS: account } },
      'resource-control',
      ['rcp-principal /Statement/0/Principal'],
    ],
    [
      'an RCP with NotAction',
      { Effect: 'Deny', NotAction: 's3:*', Resource: '*', Principal: '*' },
      'resource-control',
      ['rcp-not-action /Statement/0/NotAction'],
    ],
    ['a condition', { ...sound, Condition: [] }, 'identity', ['condition /Statement/0/Condition']],
    ['an operator', { ...sound, Condition: { Equals: {} } }, 'identity', ['operator /Statement/0/Condition/Equals']],
    ['a block', { ...sound, Condition: { Bool: true } }, 'identity', ['condition /Statement/0/Condition/Bool']],
    [
      'a value',
      { ...sound, Condition: { Bool: { 'aws:x': 'yes' } } },
      'identity',
      ['condition-value /Statement/0/Condition/Bool/aws:x'],
    ],
    [
      'a value in a list',
      { ...sound, Condition: { StringLike: { 'aws:x': ['a', {}] } } },
      'identity',
      ['condition-value /Statement/0/Condition/StringLike/aws:x/1'],
    ],
    [
      'no value',
      { ...sound, Condition: { StringLike: { 'aws:x': [] } } },
      'identity',
      ['condition-value /Statement/0/Condition/StringLike/aws:x'],
    ],
  ])('%s', (_name, statement, kind, expected) => {
    const document = one(statement, kind);
    expect(errors(document)).toEqual(expected);
    expect(document.statements).toHaveLength(1);
    expect(document.statements[0]?.sound).toBe(false);
  });
});

test('the policy that AWS attaches to allow everything is a sound resource control policy', () => {
  const document = one({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }, 'resource-control');
  expect(document.problems).toEqual([]);
  expect(document.statements[0]?.sound).toBe(true);
});

const deny = (statement: object, kind: PolicyKind = 'identity'): Statement | undefined =>
  one({ Effect: 'Deny', Action: 'ec2:*', Resource: 'arn:aws:s3:::b', ...statement }, kind).statements[0];

describe('what a malformed Deny becomes', () => {
  test('its actions are all actions', () => {
    expect(deny({ Action: ['s3:*', 's3'] })?.actions).toEqual({ not: false, patterns: ['*'] });
    expect(deny({ Action: undefined, NotAction: ['s3'] })?.actions).toEqual({ not: false, patterns: ['*'] });
  });
  test('its resources are all resources', () => {
    expect(deny({ Resource: ['b', '*'] })?.resources).toBeUndefined();
    expect(deny({ NotResource: '*' })?.resources).toBeUndefined();
  });
  test('a variable in the head of a resource can be anything', () => {
    // eslint-disable-next-line no-template-curly-in-string -- policy variables
    const pattern = 'arn:aws:sqs:${aws:RequestedRegion}:${aws:PrincipalAccount}:q-${aws:username}';
    // eslint-disable-next-line no-template-curly-in-string -- a policy variable
    expect(deny({ Resource: pattern })?.resources?.patterns).toEqual(['arn:aws:sqs:*:*:q-${aws:username}']);
  });
  test('its principals are everyone, its exceptions those that can be read', () => {
    expect(deny({ Principal: { AWS: ['111122223333', 'x'] } }, 'resource')?.principals).toBeUndefined();
    expect(deny({ NotPrincipal: { AWS: ['111122223333', 'x'] } }, 'resource')?.principals).toEqual({
      not: true,
      entries: [{ kind: 'AWS', value: '111122223333' }],
    });
  });
  test('its unreadable conditions hold, its readable ones are still asked', () => {
    const statement = deny({ Condition: { Bool: { 'aws:x': 'maybe', 'aws:y': 'true' }, Odd: { 'aws:z': '1' } } });
    expect(statement?.conditions.map(({ key }) => key)).toEqual(['aws:y']);
  });
});

describe('faults of the document', () => {
  const everything = { effect: 'Deny', actions: { not: false, patterns: ['*'] }, sound: false, conditions: [] };
  test.each<readonly [string, unknown, readonly string[]]>([
    ['no JSON', '{', ['not-json ']],
    ['a number', 7, ['not-an-object ']],
    ['nothing', null, ['not-an-object ']],
    ['a list', [], ['not-an-object ']],
    ['too deep', { Statement: JSON.parse('['.repeat(50) + ']'.repeat(50)) as unknown }, ['too-large ']],
    ['Statement twice', '{"Statement":[],"Statement":[]}', ['duplicate-key ']],
    ['another element and no Statement', { statement: [] }, ['unknown-element /statement', 'no-statement ']],
    ['too many statements', { Statement: Array.from({ length: 10_001 }, () => sound) }, ['too-many-statements ']],
  ])('%s: everything is denied', (_name, source, expected) => {
    const document = parse(source);
    expect(errors(document)).toEqual(expected);
    expect(document.statements).toMatchObject([everything]);
  });

  test.each<readonly [string, unknown, readonly string[]]>([
    ['no Statement', {}, ['no-statement ']],
    ['an empty Statement', { Statement: [] }, ['no-statement /Statement']],
  ])('%s: nothing is said', (_name, source, expected) => {
    expect(errors(parse(source))).toEqual(expected);
    expect(parse(source).statements).toEqual([]);
  });

  test.each<readonly [string, unknown, readonly string[]]>([
    ['an unknown element', { Other: 1, Statement: sound }, ['unknown-element /Other']],
    ['an unknown version', { Version: '2020-01-01', Statement: sound }, ['unknown-version /Version']],
    [
      'a version given twice',
      '{"Version":"2012-10-17","Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      ['duplicate-key /Version'],
    ],
  ])('%s: no Allow grants', (_name, source, expected) => {
    expect(errors(parse(source))).toEqual(expected);
    expect(parse(source).statements.map(({ sound: good }) => good)).toEqual([false]);
  });

  test('ten thousand statements are read', () => {
    const document = parse({ Statement: Array.from({ length: 10_000 }, () => sound) });
    expect(document.statements).toHaveLength(10_000);
  });

  test('the list of problems is bounded', () => {
    const document = parse({ Statement: Array.from({ length: 1000 }, () => ({})) });
    expect(document.problems).toHaveLength(201);
    expect(document.problems.at(-1)?.code).toBe('more-problems');
    expect(document.statements.every((statement) => !statement.sound)).toBe(true);
  });
});

const text = (statement: string): ReturnType<typeof parse> => parse(`{"Statement":[${statement}]}`, 'resource');

test('keys given twice make their part unreadable, wherever they stand', () => {
  expect(errors(text('{"Effect":"Deny","Action":"a:b","Action":"a:c","Principal":"*"}'))).toEqual([
    'duplicate-key /Statement/0/Action',
  ]);
  const condition = text(
    '{"Effect":"Deny","Action":"a:b","Principal":"*","Condition":{"Bool":{"aws:x":"true"},"Bool":{"aws:x":"true"}}}',
  );
  expect(errors(condition)).toEqual(['duplicate-key /Statement/0/Condition/Bool']);
  expect(condition.statements[0]?.conditions).toEqual([]);
  expect(errors(text('{"Effect":"Deny","Action":"a:b","Principal":{"AWS":"*","AWS":"111122223333"}}'))).toEqual([
    'principal-kind /Statement/0/Principal/AWS',
    'principal /Statement/0/Principal',
  ]);
});

test('what is odd but readable is a warning', () => {
  const twice = parse({
    Statement: [
      { ...sound, Sid: 'A' },
      { ...sound, Sid: 'A' },
    ],
  });
  expect(warnings(twice)).toEqual(['duplicate-sid /Statement/1']);
  expect(warnings(one({ ...sound, Sid: 7 }))).toEqual(['sid /Statement/0/Sid']);
  const lower = one({ ...sound, Condition: { 'foranyvalue:stringequalsifexists': { key: 'x' } } });
  expect(warnings(lower)).toEqual([
    'operator-case /Statement/0/Condition/foranyvalue:stringequalsifexists',
    'condition-key /Statement/0/Condition/foranyvalue:stringequalsifexists/key',
  ]);
  expect(lower.statements[0]).toMatchObject({
    sound: true,
    conditions: [{ operator: 'StringEquals', ifExists: true }],
  });
  const large = parse({ Statement: { ...sound, Resource: `arn:aws:s3:::${'b'.repeat(11_000)}` } });
  expect(warnings(large)).toEqual(['oversized ']);
  expect(large.statements[0]?.sound).toBe(true);
});

test('variables belong to the version of 2012', () => {
  expect(parse({ Statement: sound }).variables).toBe(false);
  expect(parse({ Version: '2008-10-17', Statement: sound }).variables).toBe(false);
  expect(parse({ Version: '2012-10-17', Statement: sound }).variables).toBe(true);
});

test('messages hold no control characters and are bounded', () => {
  const [problem] = one({ ...sound, Action: `\u001b[31m\u202e${'x'.repeat(500)}` }).problems;
  expect(problem?.message.length).toBeLessThan(200);
  expect(['\u001b', '\u202e'].some((character) => problem?.message.includes(character))).toBe(false);
});

test.each([
  ['identity', 'arn:aws:sqs', 'arn:aws:sqs:*:*:*'],
  ['identity', 'arn:aws:iam::111122223333', 'arn:aws:iam::111122223333:*'],
  ['permissions-boundary', 'arn:*', 'arn:*:*:*:*:*'],
  ['identity', 'arn:aws:sqs:::', 'arn:aws:sqs:::'],
  ['service-control', 'arn:aws:sqs:*', 'arn:aws:sqs:*'],
] as const)('an ARN of an %s policy that ends early: %s', (kind, resource, whole) => {
  const document = one({ ...sound, Resource: resource }, kind);
  expect(document.statements[0]).toMatchObject({ sound: true, resources: { patterns: [whole] } });
  expect(warnings(document)).toEqual(whole === resource ? [] : ['incomplete-arn /Statement/0/Resource']);
});

test('condition keys that differ in case alone are one key given twice', () => {
  const document = one({ ...sound, Condition: { Bool: { 'aws:a': 'true', 'AWS:A': 'false', 'aws:b': 'true' } } });
  expect(errors(document)).toEqual([
    'duplicate-key /Statement/0/Condition/Bool/aws:a',
    'duplicate-key /Statement/0/Condition/Bool/AWS:A',
  ]);
  expect(document.statements[0]?.conditions.map(({ key }) => key)).toEqual(['aws:b']);
});
