import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './repository.ts';

const arnOf = (name: string): string => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`;

const repository = (repositoryName: string, more: object = {}): object => ({
  repositoryName,
  repositoryArn: arnOf(repositoryName),
  imageScanningConfiguration: { scanOnPush: true },
  imageTagMutability: 'IMMUTABLE',
  encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'key-1' },
  ...more,
});

const answers: Answers = {
  'ecr:DescribeRepositories': ({ input }) => {
    const names = input['repositoryNames'] as string[] | undefined;
    if (names !== undefined) return { repositories: [repository(String(names[0]))] };
    return input['nextToken'] === undefined
      ? { repositories: [repository('team/one')], nextToken: 'second' }
      : { repositories: [repository('two')] };
  },
  'ecr:BatchGetRepositoryScanningConfiguration': ({ input }) => ({
    scanningConfigurations: (input['repositoryNames'] as string[]).map((repositoryName) => ({
      repositoryName,
      scanFrequency: 'SCAN_ON_PUSH',
    })),
  }),
  'ecr:GetRepositoryPolicy': { policyText: '{"Statement":[]}' },
  'ecr:ListTagsForResource': { tags: [{ Key: 'owner', Value: 'payments' }] },
};

const oneRepository = (more: object): Answers => ({
  ...answers,
  'ecr:DescribeRepositories': { repositories: [repository('team/one', more)] },
});

keepsItsPromises('ecr/repository', {
  collector,
  answers,
  parts: {
    'ecr:GetRepositoryPolicy': ['config.policy'],
    'ecr:ListTagsForResource': ['tags'],
    'ecr:BatchGetRepositoryScanningConfiguration': ['config.scanFrequency'],
  },
});

describe('ecr/repository', () => {
  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources).toMatchObject([
      {
        arn: arnOf('team/one'),
        name: 'team/one',
        tags: { owner: 'payments' },
        config: {
          policy: '{"Statement":[]}',
          scanOnPush: true,
          scanFrequency: 'SCAN_ON_PUSH',
          tagImmutability: true,
          kmsKeyId: 'key-1',
        },
      },
      { name: 'two' },
    ]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('one without a policy, a key and immutable tags', async () => {
    const { resources, context } = await collected(collector, {
      ...oneRepository({ imageTagMutability: 'MUTABLE', encryptionConfiguration: undefined }),
      'ecr:GetRepositoryPolicy': refuse('RepositoryPolicyNotFoundException'),
    });
    expect(resources).toMatchObject([{ config: { policy: null, tagImmutability: false, kmsKeyId: null } }]);
    expect(context.gaps).toEqual([]);
  });

  test.each(['imageScanningConfiguration', 'imageTagMutability'])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, oneRepository({ [name]: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('how images are scanned is asked for many repositories at once', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `team/${index}`);
    const { resources, context } = await collected(collector, {
      ...answers,
      'ecr:DescribeRepositories': {
        repositories: names.map((name) => repository(name, { repositoryArn: arnOf(name) })),
      },
      'ecr:BatchGetRepositoryScanningConfiguration': ({ input }) => ({
        scanningConfigurations: (input['repositoryNames'] as string[])
          .filter((name) => name !== 'team/3')
          .map((repositoryName) => ({
            repositoryName,
            scanFrequency: repositoryName === 'team/7' ? 'MANUAL' : 'CONTINUOUS_SCAN',
          }))
          .toReversed(),
      }),
    });
    const asked = context.calls.filter(({ operation }) => operation === 'ecr:BatchGetRepositoryScanningConfiguration');
    expect(asked).toHaveLength(3);
    const frequencies = resources.map(({ config }) => (config as { scanFrequency: unknown }).scanFrequency);
    expect(frequencies.filter((one) => one === 'CONTINUOUS_SCAN')).toHaveLength(58);
    expect(frequencies[7]).toBe('MANUAL');
    expect(frequencies[3]).toMatchObject({ $unread: { reason: 'failed' } });
  });

  test('one that is gone is left out and not found', async () => {
    const gone = { ...answers, 'ecr:GetRepositoryPolicy': refuse('RepositoryNotFoundException') };
    const { resources, context } = await collected(collector, gone);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    const missing = { ...answers, 'ecr:DescribeRepositories': refuse('RepositoryNotFoundException') };
    expect(await refreshed(collector, missing, arnOf('team/one'))).toBeUndefined();
  });
});
