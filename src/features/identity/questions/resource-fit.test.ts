import { expect, test } from 'vitest';
import { fitNotes } from './resource-fit.ts';

const key = 'arn:aws:kms:eu-west-1:111122223333:key/1';

// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
test.each<[string, string, readonly unknown[]]>([
  ['s3:GetObject', 'arn:aws:s3:::reports/q1', []],
  ['s3:ListBucket', 'arn:aws:s3:::reports', []],
  ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders', []],
  ['ec2:RunInstances', 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1', []],
  ['s3:ListAllMyBuckets', '*', []],
  ['iam:ListRoles', '*', []],
  ['new:Action', key, []],
  [
    's3:ListAllMyBuckets',
    'arn:aws:s3:::reports',
    ['s3:ListAllMyBuckets acts on no particular resource: policies allow it on "*" alone. Ask for "*" instead.'],
  ],
  [
    's3:ListBucket',
    'arn:aws:s3:::reports/q1',
    [expect.stringMatching(/^s3:ListBucket acts on .*bucket \(arn:.*:s3:::<BucketName>\); .* is something else\.$/)],
  ],
  [
    'kms:Decrypt',
    'arn:aws:s3:::reports',
    [expect.stringMatching(/^kms:Decrypt acts on key \(.*\); arn:aws:s3:::reports is something else\.$/)],
  ],
  [
    'kms:Decrypt',
    '*',
    [
      expect.stringMatching(
        /^kms:Decrypt acts on key \(.*\): with "\*", only permissions for every one of them count\.$/,
      ),
    ],
  ],
  [
    'sqs:SendMessage',
    'arn:aws:sqs:eu-west-1:111122223333:*',
    [
      'arn:aws:sqs:eu-west-1:111122223333:* is taken as one resource of that name: permissions for a part of what it matches do not count.',
    ],
  ],
])('%s on %s', (action, resource, expected) => {
  expect(fitNotes(action, resource)).toEqual(expected);
});

test('names no more than three kinds of resources', () => {
  const [note] = fitNotes('ec2:CreateTags', key);
  expect(note?.split(' or ').length).toBe(3);
});
