import { expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { objectWitnesses } from './witnesses.ts';

const bucket = 'arn:aws:s3:::amzn-s3-demo-bucket';
type Part = Readonly<Record<string, unknown>>;

/** The names of the objects that are tried. */
function namesOf(...statements: readonly Part[]): readonly string[] {
  const Statement = statements.map((one) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', ...one }));
  const document = parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'resource' });
  return objectWitnesses(bucket, document).map((arn) => arn.slice(bucket.length + 1));
}

test('any object, and one for each pattern that is allowed', () => {
  expect(namesOf({ Resource: [`${bucket}/public/*`, `${bucket}/a?.txt`, `${bucket}/`] })).toEqual([
    'q7x1v',
    'public/q7x1v',
    'aq.txt',
  ]);
});

test('what a Deny excepts, and what lies in both', () => {
  const found = namesOf(
    { Resource: `${bucket}/public/*` },
    { Effect: 'Deny', NotResource: `${bucket}/public/open/*` },
    { Effect: 'Deny', NotResource: `${bucket}/*.html` },
  );
  expect(found).toContain('public/open/q7x1v');
  expect(found).toContain('public/q7x1v.html');
});

test('neither what a Deny names nor what an Allow leaves out, nor objects of other buckets', () => {
  expect(namesOf({ Effect: 'Deny', Resource: `${bucket}/secret/*` })).toEqual(['q7x1v']);
  expect(namesOf({ NotResource: `${bucket}/secret/*` })).toEqual(['q7x1v']);
  expect(namesOf({ Resource: 'arn:aws:s3:::other/*' })).toEqual(['q7x1v']);
});

test('objects of another partition', () => {
  const Resource = 'arn:aws-cn:s3:::amzn-s3-demo-bucket/public/*';
  const named = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource };
  const document = parsePolicy({ Version: '2012-10-17', Statement: [named] }, { name: 'p', kind: 'resource' });
  expect(objectWitnesses('arn:aws-cn:s3:::amzn-s3-demo-bucket', document)).toContain(
    'arn:aws-cn:s3:::amzn-s3-demo-bucket/public/q7x1v',
  );
});
