import { describe, expect, test } from 'vitest';
import {
  type SuppressionRule,
  type SuppressionSubject,
  compileRule,
  parseSuppressionRule,
} from './suppression-rule.ts';

const subject: SuppressionSubject = {
  finding: 'vf-1',
  check: 's3-public',
  account: '111122223333',
  region: 'eu-west-1',
  resource: 'arn:aws:iam::111122223333:role/team/deploy',
  tags: { stage: 'prod', owner: 'data' },
};
const unreadTags = { ...subject, tags: undefined };
const production: SuppressionRule = { tag: { key: 'stage', value: 'prod' } };

const cases: readonly [SuppressionRule, SuppressionSubject, boolean][] = [
  [{ finding: 'vf-1' }, subject, true],
  [{ finding: 'vf-2' }, subject, false],
  [{ check: 's3-public' }, subject, true],
  [{ check: 's3' }, subject, false],
  [{ check: { matches: 's3-.*' } }, subject, true],
  [{ check: { matches: '3-pub' } }, subject, false],
  [{ account: { matches: '1111\\d+' } }, subject, true],
  [{ region: { matches: 'eu-.*|us-.*' } }, subject, true],
  [{ resource: 'deploy' }, subject, true],
  [{ resource: 'arn:aws:iam::111122223333:role/team/deploy' }, subject, true],
  [{ resource: 'team/deploy' }, subject, false],
  [production, subject, true],
  [{ tag: { key: 'stage' } }, subject, true],
  [{ tag: { key: { matches: 'st.*' }, value: { matches: 'pr.*' } } }, subject, true],
  [{ tag: { key: 'owner', value: 'prod' } }, subject, false],
  [{ not: production }, subject, false],
  [{ not: { tag: { key: 'stage', value: 'test' } } }, subject, true],
  [{ all: [{ check: 's3-public' }, { account: '111122223333' }] }, subject, true],
  [{ all: [{ check: 's3-public' }, { account: '444455556666' }] }, subject, false],
  [{ any: [{ check: 'x' }, { account: '111122223333' }] }, subject, true],
  [{ any: [{ check: 'x' }, { account: 'y' }] }, subject, false],
  // What could not be read mutes nothing, negated or not.
  [production, unreadTags, false],
  [{ not: production }, unreadTags, false],
  [{ all: [{ check: 's3-public' }, { not: production }] }, unreadTags, false],
  [{ any: [{ check: 's3-public' }, production] }, unreadTags, true],
  [{ not: { all: [{ check: 'x' }, production] } }, unreadTags, true],
];
test.each(cases)('%j', (rule, of, expected) => {
  expect(compileRule(parseSuppressionRule(rule))(of)).toBe(expected);
});

describe('refuses', () => {
  const deep = Array.from({ length: 30 }).reduce<unknown>((rule) => ({ not: rule }), { check: 'x' });
  const wide = { any: Array.from({ length: 2000 }, () => ({ check: 'x' })) };
  const refused: readonly [unknown, RegExp][] = [
    [{}, /not valid/],
    [null, /not valid/],
    ['*', /not valid/],
    [{ all: [] }, /not valid/],
    [{ check: 'x', account: 'y' }, /not valid/],
    [{ check: 5 }, /not valid/],
    [{ check: { matches: '(' } }, /pattern "\(" is not valid/],
    [{ check: { matches: '(?=x)' } }, /is not valid/],
    [{ check: { matches: '(x)\\1' } }, /is not valid/],
    [{ check: { matches: 'x'.repeat(501) } }, /not valid/],
    [JSON.parse('{"__proto__": {"check": "x"}}'), /not valid/],
    [deep, /nested/],
    [wide, /1000 conditions/],
  ];
  test.each(refused)('%j', (rule, message) => {
    expect(() => parseSuppressionRule(rule)).toThrow(message);
  });
});

test('a pattern that would take other engines forever is answered at once', () => {
  const matches = compileRule({ resource: { matches: '(a+)+b' } });
  expect(matches({ ...subject, resource: 'a'.repeat(4000) })).toBe(false);
});
