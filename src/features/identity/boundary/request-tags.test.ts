import { expect, test } from 'vitest';
import { taggedRequests } from './request-tags.ts';

test('the tags of RunInstances are seen where instances are created, not where subnets are used', () => {
  const requests = taggedRequests().get('ec2') ?? [];
  const run = requests.find(({ action }) => action === 'ec2:RunInstances');
  expect(run?.types).toContain('instance');
  expect(run?.types).not.toContain('subnet');
  expect(requests.some(({ action }) => action === 'ec2:CreateTags')).toBe(false);
});

test('a bucket is created with tags whatever the request names', () => {
  const create = taggedRequests()
    .get('s3')
    ?.find(({ action }) => action === 's3:CreateBucket');
  expect(create).toEqual({ action: 's3:CreateBucket', types: undefined });
});
