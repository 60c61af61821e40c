import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refreshed, refuse } from '../testing.ts';
import { collector } from './queue.ts';

const urlOf = (name: string): string => `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;
const arnOf = (name: string): string => `arn:aws:sqs:eu-west-1:111122223333:${name}`;

const attributes = (more: object = {}): object => ({
  Attributes: {
    QueueArn: arnOf('one'),
    Policy: '{"Statement":[]}',
    KmsMasterKeyId: 'alias/queue',
    SqsManagedSseEnabled: 'false',
    ...more,
  },
});

const answers: Answers = {
  'sqs:ListQueues': ({ input }) => {
    const name = input['QueueNamePrefix'] as string | undefined;
    if (name !== undefined) return { QueueUrls: [urlOf(`${name}-longer`), urlOf(name)] };
    return input['NextToken'] === undefined
      ? { QueueUrls: [urlOf('one')], NextToken: 'second' }
      : { QueueUrls: [urlOf('two')] };
  },
  'sqs:GetQueueAttributes': attributes(),
  'sqs:ListQueueTags': { Tags: { owner: 'payments' } },
};

keepsItsPromises('sqs/queue', {
  collector,
  answers,
  parts: {
    'sqs:GetQueueAttributes': ['config.policy', 'config.kmsKeyId', 'config.sqsManagedSse'],
    'sqs:ListQueueTags': ['tags'],
  },
  emptyIsAnAnswer: ['sqs:ListQueues', 'sqs:ListQueueTags'],
});

describe('sqs/queue', () => {
  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        name: 'one',
        tags: { owner: 'payments' },
        config: { policy: '{"Statement":[]}', kmsKeyId: 'alias/queue', sqsManagedSse: false },
      },
      { arn: arnOf('two') },
    ]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('where there is no queue, AWS answers with nothing', async () => {
    const { resources } = await collected(collector, { ...answers, 'sqs:ListQueues': {} });
    expect(resources).toEqual([]);
  });

  test('one without policy and key', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'sqs:GetQueueAttributes': attributes({
        Policy: undefined,
        KmsMasterKeyId: undefined,
        SqsManagedSseEnabled: 'true',
      }),
    });
    expect(resources[0]).toMatchObject({ config: { policy: null, kmsKeyId: null, sqsManagedSse: true } });
  });

  test('encryption that AWS does not mention is neither on nor off', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'sqs:GetQueueAttributes': attributes({ SqsManagedSseEnabled: undefined }),
    });
    expect(resources[0]).toMatchObject({
      config: { policy: '{"Statement":[]}', sqsManagedSse: { $unread: { reason: 'failed' } } },
    });
  });

  test.each(['sqs:GetQueueAttributes', 'sqs:ListQueueTags'])(
    'one that is gone at %s is left out',
    async (operation) => {
      const { resources, context } = await collected(collector, {
        ...answers,
        [operation]: refuse('QueueDoesNotExist'),
      });
      expect(resources).toEqual([]);
      expect(context.gaps).toEqual([]);
    },
  );

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'sqs:ListQueues': { QueueUrls: [urlOf('one-longer')] } };
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
