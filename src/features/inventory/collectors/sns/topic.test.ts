import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refreshed, refuse } from '../testing.ts';
import { collector } from './topic.ts';

const arnOf = (name: string): string => `arn:aws:sns:eu-west-1:111122223333:${name}`;

const answers: Answers = {
  'sns:ListTopics': ({ input }) =>
    input['NextToken'] === undefined
      ? { Topics: [{ TopicArn: arnOf('one') }], NextToken: 'second' }
      : { Topics: [{ TopicArn: arnOf('two') }] },
  'sns:GetTopicAttributes': { Attributes: { Policy: '{"Statement":[]}', KmsMasterKeyId: 'alias/aws/sns' } },
  'sns:ListTagsForResource': { Tags: [{ Key: 'owner', Value: 'payments' }] },
};

keepsItsPromises('sns/topic', {
  collector,
  answers,
  parts: { 'sns:GetTopicAttributes': ['config.policy', 'config.kmsKeyId'], 'sns:ListTagsForResource': ['tags'] },
});

describe('sns/topic', () => {
  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        name: 'one',
        tags: { owner: 'payments' },
        config: { policy: '{"Statement":[]}', kmsKeyId: 'alias/aws/sns' },
      },
      { name: 'two' },
    ]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('one without a key; one without a policy does not exist', async () => {
    const plain = await collected(collector, {
      ...answers,
      'sns:GetTopicAttributes': { Attributes: { Policy: '{}' } },
    });
    expect(plain.resources[0]).toMatchObject({ config: { policy: '{}', kmsKeyId: null } });
    const odd = await collected(collector, { ...answers, 'sns:GetTopicAttributes': { Attributes: { Owner: '1' } } });
    expect(odd.resources[0]).toMatchObject({ config: { policy: { $unread: { reason: 'failed' } } } });
  });

  test.each([
    ['sns:GetTopicAttributes', 'NotFoundException'],
    ['sns:GetTopicAttributes', 'NotFound'],
    ['sns:ListTagsForResource', 'ResourceNotFoundException'],
  ])('one that is gone at %s is left out', async (operation, name) => {
    const gone = { ...answers, [operation]: refuse(name) };
    const { resources, context } = await collected(collector, gone);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
