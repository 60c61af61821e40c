import { ListBuckets$ } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { misfits } from './testing.ts';

const output = (ListBuckets$ as readonly unknown[])[5] as () => never;
const check = (value: unknown): string[] => misfits(output(), value);

test.each([
  ['a fitting answer', { Buckets: [{ Name: 'a', CreationDate: new Date(0) }], $metadata: {} }, []],
  ['an unknown member', { Bucket: [] }, ['$.Bucket is not a member of com.amazonaws.s3#ListBucketsOutput']],
  ['a wrong type deep inside', { Buckets: [{ Name: 1 }] }, [expect.stringContaining('$.Buckets[0].Name is not a')]],
  [
    'a date as text',
    { Buckets: [{ CreationDate: '2026-01-01' }] },
    [expect.stringContaining('$.Buckets[0].CreationDate is not a')],
  ],
  ['an object for a list', { Buckets: {} }, ['$.Buckets is not a list']],
  ['null', { Owner: null }, ['$.Owner is null']],
])('%s is judged', (_, value, expected) => {
  expect(check(value)).toEqual(expected);
});
