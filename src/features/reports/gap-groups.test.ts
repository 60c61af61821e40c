import { expect, test } from 'vitest';
import type { Gap } from '../../domain/gap.ts';
import { groupGaps } from './gap-groups.ts';

const gap = (account: string, regions: string[], change: Partial<Gap> = {}): Gap => ({
  account,
  regions,
  service: 'ec2',
  action: 'ec2:DescribeVpcs',
  reason: 'denied',
  detail: '',
  ...change,
});

test('one kind of gap is one line, and its region is named where it is one', async () => {
  const closed = { service: '*', action: '*', detail: 'closed' };
  const groups = await groupGaps([
    gap('111122223333', ['us-east-1', 'eu-west-1']),
    gap('444455556666', ['eu-west-1']),
    gap('111122223333', ['global'], { action: 'iam:ListUsers' }),
    gap('111122223333', ['eu-west-3'], closed),
    gap('444455556666', ['eu-west-3'], closed),
  ]);
  expect(groups.map(({ action, accounts, regions, region }) => [action, accounts, regions, region])).toEqual([
    ['*', 2, 1, 'eu-west-3'],
    ['ec2:DescribeVpcs', 2, 2, ''],
    ['iam:ListUsers', 1, 1, ''],
  ]);
});
