import { assert, property, string, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { nearestNames } from './nearest-names.ts';

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
