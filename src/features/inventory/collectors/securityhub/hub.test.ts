import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './hub.ts';

const HubArn = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default';
const standard = (name: string): object => ({ StandardsArn: `arn:aws:securityhub:eu-west-1::standards/${name}` });
const notSubscribed = 'Account 111122223333 is not subscribed to AWS Security Hub';

const answers: Answers = {
  'securityhub:DescribeHub': { HubArn, SubscribedAt: '2025-05-01T10:00:00.000Z', AutoEnableControls: true },
  'securityhub:GetEnabledStandards': ({ input }) =>
    input['NextToken'] === undefined
      ? { StandardsSubscriptions: [standard('pci-dss/v/3.2.1')], NextToken: 'second' }
      : { StandardsSubscriptions: [standard('aws-foundational-security-best-practices/v/1.0.0')] },
  'securityhub:GetAdministratorAccount': { Administrator: { AccountId: '444455556666' } },
  'securityhub:ListTagsForResource': { Tags: { owner: 'security' } },
};

keepsItsPromises('securityhub/hub', {
  collector,
  answers,
  parts: {
    'securityhub:GetEnabledStandards': ['config.enabledStandards'],
    'securityhub:GetAdministratorAccount': ['config.administratorAccount'],
    'securityhub:ListTagsForResource': ['tags'],
  },
  emptyIsAnAnswer: ['securityhub:GetAdministratorAccount'],
});

describe('securityhub/hub', () => {
  test('reads the hub with every page of its standards', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: HubArn,
        tags: { owner: 'security' },
        config: {
          subscribedAt: '2025-05-01T10:00:00.000Z',
          autoEnableControls: true,
          enabledStandards: [
            'arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0',
            'arn:aws:securityhub:eu-west-1::standards/pci-dss/v/3.2.1',
          ],
          administratorAccount: '444455556666',
        },
      },
    ]);
  });

  test.each([
    ['InvalidAccessException', notSubscribed],
    ['ResourceNotFoundException', 'The hub was not found.'],
  ])('where it is not enabled, AWS says %s', async (name, message) => {
    const without = { ...answers, 'securityhub:DescribeHub': refuse(name, message) };
    const { resources, context } = await collected(collector, without);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    expect(await refreshed(collector, without, HubArn)).toBeUndefined();
  });

  test.each([
    ['InvalidAccessException', 'The account lacks the permission to perform this action.'],
    ['AccessDeniedException', 'User is not authorized to perform: securityhub:DescribeHub'],
    ['AccessDeniedException', notSubscribed],
  ])('a refusal with %s is not "not enabled"', async (name, message) => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'securityhub:DescribeHub': refuse(name, message),
    });
    expect(error).toMatchObject({ name });
  });

  test('a hub that is switched off meanwhile is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'securityhub:GetEnabledStandards': refuse('InvalidAccessException', notSubscribed),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });

  test('one without an administrator stands alone', async () => {
    const { resources } = await collected(collector, { ...answers, 'securityhub:GetAdministratorAccount': {} });
    expect(resources).toMatchObject([{ config: { administratorAccount: null } }]);
  });
});
