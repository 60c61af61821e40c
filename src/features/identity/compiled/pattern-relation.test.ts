import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesWildcard } from '../actions/wildcard.ts';
import { coversFamily, intersects, relationOf, relationOfNames } from './pattern-relation.ts';

const bucket = 'arn:aws:s3:::reports';

test.each([
  ['*', `${bucket}/*`, 'all'],
  [`${bucket}/*`, `${bucket}/*`, 'all'],
  [`${bucket}*`, `${bucket}/*`, 'all'],
  [bucket, `${bucket}/*`, 'none'],
  [`${bucket}/2026/*`, `${bucket}/*`, 'some'],
  [`${bucket}/*.csv`, `${bucket}/*`, 'some'],
  ['arn:aws:s3:::other/*', `${bucket}/*`, 'none'],
  ['arn:aws:s3:::repor??/*', `${bucket}/*`, 'all'],
  [`${bucket}/a`, `${bucket}/a`, 'all'],
  [`${bucket}/?`, `${bucket}/a`, 'all'],
  [`${bucket}/?`, `${bucket}/`, 'none'],
  ['*', '*', 'all'],
  ['a*', '*', 'some'],
  ['', '*', 'some'],
  ['', '', 'all'],
  ['*b', 'ab', 'all'],
  ['*ab*bc', 'abc', 'none'],
  ['*ab*bc', 'aabbbc', 'all'],
])('%s covers %s: %s', (pattern, family, relation) => {
  expect(relationOf(pattern, family)).toBe(relation);
});

test.each([
  ['key/*', '*', 'some'],
  ['key/*', 'arn:aws:kms:eu-west-1:111122223333:*', 'some'],
  ['key/*', 'arn:aws:kms:eu-west-1:111122223333:key/*', 'all'],
  ['key/*', 'arn:aws:kms:eu-west-1:111122223333:k*', 'some'],
  ['key/*', 'arn:aws:kms:eu-west-1:111122223333:alias/*', 'none'],
  ['key/*', 'arn:aws:kms:*:*:key/*', 'all'],
  ['alias/aws/*', 'arn:aws:kms:*:*:*', 'some'],
  ['alias/aws/*', 'arn:aws:kms:eu-west-1:111122223333:alias/a*', 'some'],
  ['key/*', `${bucket}/*`, 'none'],
  ['accesspoint/*', `${bucket}*`, 'none'],
  ['accesspoint/*', 'arn:aws:s3:*:111122223333:*', 'some'],
  ['accesspoint/*', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/b:c', 'all'],
])('%s names of the ARNs %s: %s', (pattern, family, relation) => {
  expect(relationOfNames(pattern, family)).toBe(relation);
});

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });

test('a text of the family matches when the relation is all, and never when it is none', () => {
  fc.assert(
    fc.property(patterns, patterns, texts, (pattern, family, text) => {
      fc.pre(matchesWildcard(family, text));
      expect(relationOf(pattern, family)).not.toBe(matchesWildcard(pattern, text) ? 'none' : 'all');
    }),
    { numRuns: 5000 },
  );
});

test('a text without wildcards is covered exactly when it matches', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(coversFamily(pattern, text)).toBe(matchesWildcard(pattern, text));
    }),
    { numRuns: 5000 },
  );
});

test('two patterns intersect exactly when a short text matches both', () => {
  // Over two letters, a shortest common text is no longer than both patterns together.
  const all = [''];
  for (const text of all) if (text.length < 6) all.push(`${text}a`, `${text}b`);
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 });
  fc.assert(
    fc.property(short, short, (a, b) => {
      const common = all.some((text) => matchesWildcard(a, text) && matchesWildcard(b, text));
      expect(intersects(a, b)).toBe(common);
      expect(intersects(b, a)).toBe(common);
    }),
    { numRuns: 1000 },
  );
});
