import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refreshed, refuse } from '../testing.ts';
import { collector } from './secret.ts';

const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const day = (text: string): Date => new Date(`2026-01-${text}T00:00:00Z`);

const entry = (name: string, more: object = {}): object => ({
  ARN: arnOf(name),
  Name: name,
  Description: 'of the shop',
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  RotationEnabled: true,
  RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
  RotationRules: { AutomaticallyAfterDays: 30, ScheduleExpression: 'rate(30 days)', Duration: '3h' },
  CreatedDate: day('01'),
  LastRotatedDate: day('02'),
  LastChangedDate: day('03'),
  LastAccessedDate: day('04'),
  NextRotationDate: day('31'),
  Tags: [{ Key: 'owner', Value: 'payments' }],
  ...more,
});

const plain = { ARN: arnOf('plain'), Name: 'plain', CreatedDate: day('01') };

const answers: Answers = {
  'secretsmanager:ListSecrets': ({ input }) =>
    input['NextToken'] === undefined
      ? { SecretList: [entry('one')], NextToken: 'second' }
      : { SecretList: [entry('two')] },
  'secretsmanager:DescribeSecret': ({ input }) => entry(String(input['SecretId']).replace(/^.*:(\w+)-\w+$/, '$1')),
  'secretsmanager:GetResourcePolicy': ({ input }) => ({
    ARN: input['SecretId'],
    Name: 'one',
    ResourcePolicy: '{"Statement":[]}',
  }),
};

/** Answers with these secrets in the list. */
const listed = (...secrets: object[]): Answers => ({
  ...answers,
  'secretsmanager:ListSecrets': { SecretList: secrets },
});

keepsItsPromises('secretsmanager/secret', {
  collector,
  answers,
  parts: { 'secretsmanager:GetResourcePolicy': ['config.policy'] },
  refreshOnly: ['secretsmanager:DescribeSecret'],
});

describe('secretsmanager/secret', () => {
  test('reads every page, those that are planned to be deleted as well', async () => {
    const { resources, pages, context } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        name: 'one',
        tags: { owner: 'payments' },
        config: {
          policy: '{"Statement":[]}',
          kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
          rotationEnabled: true,
          rotationLambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
          rotationRules: { automaticallyAfterDays: 30, scheduleExpression: 'rate(30 days)', duration: '3h' },
          createdAt: '2026-01-01T00:00:00.000Z',
          lastRotatedAt: '2026-01-02T00:00:00.000Z',
          lastChangedAt: '2026-01-03T00:00:00.000Z',
          lastAccessedAt: '2026-01-04T00:00:00.000Z',
          nextRotationAt: '2026-01-31T00:00:00.000Z',
          deletedAt: null,
          primaryRegion: null,
          owningService: null,
        },
      },
      { arn: arnOf('two') },
    ]);
    const lists = context.calls.filter(({ operation }) => operation === 'secretsmanager:ListSecrets');
    expect(lists.every(({ input }) => input['IncludePlannedDeletion'] === true)).toBe(true);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('one of which AWS says little: no rotation, no key of its own, no policy, never used', async () => {
    const { resources } = await collected(collector, {
      ...listed(plain),
      'secretsmanager:GetResourcePolicy': { ARN: arnOf('plain'), Name: 'plain' },
    });
    expect(resources[0]).toMatchObject({
      tags: {},
      config: {
        policy: null,
        kmsKeyId: null,
        rotationEnabled: false,
        rotationLambdaArn: null,
        rotationRules: null,
        lastRotatedAt: null,
        lastAccessedAt: null,
        nextRotationAt: null,
      },
    });
  });

  test('a replica, and one of another service', async () => {
    const { resources } = await collected(
      collector,
      listed(entry('one', { PrimaryRegion: 'us-east-1' }), entry('two', { OwningService: 'rds' })),
    );
    expect(resources).toMatchObject([{ config: { primaryRegion: 'us-east-1' } }, { config: { owningService: 'rds' } }]);
  });

  test('AWS shows no policy of one that is deleted: it is not asked for, and not taken for absent', async () => {
    const deleted = entry('one', { DeletedDate: day('05') });
    const { resources, context } = await collected(collector, listed(deleted));
    expect(resources[0]).toMatchObject({
      config: {
        deletedAt: '2026-01-05T00:00:00.000Z',
        policy: { $unread: { operation: 'secretsmanager:GetResourcePolicy', reason: 'unsupported' } },
      },
    });
    expect(context.calls.map(({ operation }) => operation)).toEqual(['secretsmanager:ListSecrets']);
    expect(context.gaps).toEqual([]);
  });

  test.each(['ARN', 'Name', 'CreatedDate'])('one without %s is not believed', async (member) => {
    const { [member]: _, ...rest } = plain as Record<string, unknown>;
    await expect(collected(collector, listed(rest))).rejects.toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone when its policy is asked for is left out', async () => {
    const gone = { ...answers, 'secretsmanager:GetResourcePolicy': refuse('ResourceNotFoundException') };
    const { resources, context } = await collected(collector, gone);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'secretsmanager:DescribeSecret': refuse('ResourceNotFoundException') };
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
