import { assert, property, string, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { nearestName, nearestNames } from './nearest.ts';

const names = [
  's3-bucket-ssl-requests-only',
  's3-bucket-versioning',
  'iam-root-mfa-enabled',
  'iam-user-mfa-enabled',
  'rds-multi-az',
];

const cases: { typed: string; nearest: readonly string[] }[] = [
  { typed: 's3-bucket-ssl-request-only', nearest: ['s3-bucket-ssl-requests-only'] },
  { typed: 'S3-Bucket-Versionning', nearest: ['s3-bucket-versioning'] },
  { typed: 'ssl', nearest: ['s3-bucket-ssl-requests-only'] },
  { typed: 'mfa-enabled', nearest: ['iam-root-mfa-enabled', 'iam-user-mfa-enabled'] },
  { typed: 'rds-multiaz', nearest: ['rds-multi-az'] },
  { typed: 'quite-something-else', nearest: [] },
  { typed: '', nearest: [] },
];
test.each(cases)('"$typed" is near $nearest', ({ typed, nearest }) => {
  expect(nearestNames(typed, names)).toEqual(nearest);
});

// Edits that are forgiven grow with the length: one up to five letters, then a third of them.
const edits: { typed: string; name: string; near: boolean }[] = [
  { typed: 'kms', name: 'kmx', near: true },
  { typed: 'kms', name: 'kxx', near: false },
  { typed: 'kms', name: 'xxx', near: false },
  { typed: 'ab', name: 'xx', near: false },
  { typed: 'regoin', name: 'region', near: true },
  { typed: 'abcdefgh', name: 'abcdefxx', near: true },
  { typed: 'abcdefgh', name: 'abcdexxx', near: false },
  { typed: 'abcdefghi', name: 'abcdefxxx', near: true },
  { typed: 'abcdefghi', name: 'abcdexxxx', near: false },
  { typed: 'ab', name: 'long-name-with-ab-in-it', near: false },
  { typed: 'abc', name: 'long-name-with-abc-in-it', near: true },
  { typed: 'kitten', name: 'sitting', near: false },
  { typed: 'flaw', name: 'lawn', near: false },
];
test.each(edits)('"$typed" is near "$name": $near', ({ typed, name, near }) => {
  expect(nearestNames(typed, [name])).toEqual(near ? [name] : []);
});

test('fewer edits come first, then the shorter name, then the alphabet', () => {
  expect(nearestNames('kms-key', ['kms-keys-x', 'kms-kez', 'kms-kay', 'kms-kee'], 4)).toEqual([
    'kms-keys-x',
    'kms-kay',
    'kms-kee',
    'kms-kez',
  ]);
  expect(nearestNames('abcdef', ['abcdxx', 'abcdex'])).toEqual(['abcdex', 'abcdxx']);
  expect(nearestNames('same', ['same-two', 'same-1'], 2)).toEqual(['same-1', 'same-two']);
});

test('three names are given by default', () => {
  expect(nearestNames('key', ['key-a', 'key-b', 'key-c', 'key-d'])).toEqual(['key-a', 'key-b', 'key-c']);
});

test('at most as many as asked, each once, the best first', () => {
  expect(nearestNames('iam', ['iam-c', 'iam-a', 'iam-a', 'iam-bb', 'iam'], 3)).toEqual(['iam', 'iam-a', 'iam-c']);
});

test('a name is always nearest to itself', () => {
  assert(
    property(
      uniqueArray(
        string({ minLength: 1, maxLength: 20 }).map((text) => text.toLowerCase()),
        { minLength: 1, maxLength: 10 },
      ),
      (list) => {
        for (const name of list) expect(nearestNames(name, list)).toContain(name);
      },
    ),
    { numRuns: 50, seed: 7 },
  );
});

const words = ['json', 'sarif', 'ocsf', 'csv', 'html', 's3-bucket-ssl-requests-only', 'excludeRegions'];

test.each<[string, string | undefined]>([
  ['jsno', 'json'],
  ['saref', 'sarif'],
  ['HTLM', 'html'],
  ['s3-bucket-ssl-request-only', 's3-bucket-ssl-requests-only'],
  ['s3-bucket', 's3-bucket-ssl-requests-only'],
  ['excludeRegion', 'excludeRegions'],
  ['kubernetes', undefined],
  ['', undefined],
])('%s is nearest to %s', (typed, expected) => {
  expect(nearestName(typed, words)).toBe(expected);
});
