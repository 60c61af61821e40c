import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionNumber, lowerBound, sortedActions, universeSize, unlistedBit } from './action-index.ts';
import { countBits, hasBit, members, type Bitset } from './bitset.ts';
import { actionMatches, actionsMatching } from './match-actions.ts';
import { literalPrefix, matchesWildcard } from './wildcard.ts';

/** Wildcards by their definition: every way to split the text at each `*`. */
function covers(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === '*')
    return Array.from({ length: text.length + 1 }, (_, i) => text.slice(i)).some((t) => covers(rest, t));
  return text !== '' && (head === '?' || head === text[0]) && covers(rest, text.slice(1));
}

const few = (alphabet: string): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 });

describe('wildcards', () => {
  test('agree with their definition', () => {
    fc.assert(
      fc.property(few('ab*?'), few('ab'), (pattern, text) => {
        expect(matchesWildcard(pattern, text)).toBe(covers(pattern, text));
      }),
      { numRuns: 3000 },
    );
  });

  test('a hostile pattern costs no more than the product of both lengths', () => {
    const pattern = `${'a*'.repeat(300)}b`;
    expect(matchesWildcard(pattern, 'a'.repeat(3000))).toBe(false);
    expect(matchesWildcard(pattern, `${'a'.repeat(3000)}b`)).toBe(true);
  });

  test.each([
    ['s3:Get*', 's3:Get'],
    ['s3:Get?bject', 's3:Get'],
    ['s3:GetObject', 's3:GetObject'],
    ['*', ''],
  ])('the literal start of %s is "%s"', (pattern, prefix) => {
    expect(literalPrefix(pattern)).toBe(prefix);
  });
});

const reachesUnlisted = (pattern: string): boolean => hasBit(actionsMatching(pattern), unlistedBit());

/** The listed actions of a set. */
function listed(set: Bitset): string[] {
  return [...members(set)].flatMap((i) => sortedActions()[i] ?? []);
}

describe('action sets', () => {
  const pieces = fc.constantFrom('*', '?', 's3', 'ec2', 'iam', ':', 'Get', 'List', 'Object', 'role', 'S', 'e', '-');
  const patterns = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

  test('hold exactly the actions that the pattern covers', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const expected = sortedActions().filter((action) => matchesWildcard(pattern.toLowerCase(), action));
        expect(listed(actionsMatching(pattern))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['*', (action: string) => action !== ''],
    ['*:*', (action: string) => action.includes(':')],
    ['S3:*', (action: string) => action.startsWith('s3:')],
    ['s3*', (action: string) => action.startsWith('s3')],
    ['ec2:*volume', (action: string) => action.startsWith('ec2:') && action.endsWith('volume')],
    ['iam:Get????', (action: string) => /^iam:get.{4}$/.test(action)],
  ])('%s covers what its words say', (pattern, covered) => {
    const expected = sortedActions().filter((action) => covered(action));
    expect(expected.length).toBeGreaterThan(0);
    expect(listed(actionsMatching(pattern))).toEqual(expected);
  });

  test('ignore case, and are shared', () => {
    expect(actionsMatching('S3:GETOBJECT')).toBe(actionsMatching('s3:getobject'));
    expect(hasBit(actionsMatching('s3:GetObject'), actionNumber('S3:GetObject') ?? -1)).toBe(true);
    expect(countBits(actionsMatching('s3:GetObject'))).toBe(1);
    expect(countBits(actionsMatching('s3:NoSuchAction'))).toBe(0);
    expect(countBits(actionsMatching('*'))).toBe(universeSize());
  });

  test('only patterns of wildcards reach actions that AWS does not list yet', () => {
    expect(['*', '*:*', '**'].filter(reachesUnlisted)).toEqual(['*', '*:*', '**']);
    expect(['s3:*', '*:Get*', 's3*', 'unlisted', '?'].filter(reachesUnlisted)).toEqual([]);
  });

  test('an action that AWS does not list is matched by its text', () => {
    expect(actionNumber('s3:FutureAction')).toBeUndefined();
    expect(actionMatches('s3:Future*', 'S3:FUTUREAction')).toBe(true);
    expect(actionMatches('s3:Get*', 's3:FutureAction')).toBe(false);
  });
});

test('the lower bound is the first place that is not before the text', () => {
  const sorted = sortedActions();
  expect(lowerBound('')).toBe(0);
  expect(lowerBound('\uffff')).toBe(sorted.length);
  const place = lowerBound('s3:getobject');
  expect(sorted[place]).toBe('s3:getobject');
  expect((sorted[place - 1] ?? '') < 's3:getobject').toBe(true);
});
