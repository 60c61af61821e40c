import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refreshed, refuse } from '../testing.ts';
import { collector } from './access-point.ts';

const point = (Name: string, more: object = {}): object => ({
  Name,
  Bucket: 'data',
  NetworkOrigin: 'Internet',
  AccessPointArn: `arn:aws:s3:eu-west-1:111122223333:accesspoint/${Name}`,
  BucketAccountId: '444455556666',
  ...more,
});

const PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: true,
};

const answers: Answers = {
  's3control:ListAccessPoints': ({ input }) =>
    input['NextToken'] === undefined
      ? { AccessPointList: [point('one')], NextToken: 'second' }
      : { AccessPointList: [point('two')] },
  's3control:GetAccessPoint': ({ input }) => ({ ...point(String(input['Name'])), PublicAccessBlockConfiguration }),
  's3control:GetAccessPointPolicy': { Policy: '{"Statement":[]}' },
  's3control:ListTagsForResource': { Tags: [{ Key: 'owner', Value: 'payments' }] },
};

keepsItsPromises('s3/access-point', {
  collector,
  answers,
  parts: {
    's3control:GetAccessPoint': ['config.publicAccessBlock'],
    's3control:GetAccessPointPolicy': ['config.policy'],
    's3control:ListTagsForResource': ['tags'],
  },
  emptyIsAnAnswer: ['s3control:ListTagsForResource'],
});

describe('s3/access-point', () => {
  test('reads every page of the region', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/one',
      region: 'eu-west-1',
      tags: { owner: 'payments' },
      config: {
        bucket: 'data',
        bucketAccountId: '444455556666',
        networkOrigin: 'Internet',
        vpcId: null,
        publicAccessBlock: { blockPublicAcls: true, blockPublicPolicy: false },
        policy: '{"Statement":[]}',
      },
    });
  });

  test('one of a VPC, without a policy', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      's3control:ListAccessPoints': {
        AccessPointList: [point('one', { NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-1' } })],
      },
      's3control:GetAccessPointPolicy': refuse('NoSuchAccessPointPolicy'),
    });
    expect(resources).toMatchObject([{ config: { networkOrigin: 'VPC', vpcId: 'vpc-1', policy: null } }]);
  });

  test('one that is gone is left out', async () => {
    const without = { ...answers, 's3control:GetAccessPoint': refuse('NoSuchAccessPoint') };
    const { resources, context } = await collected(collector, without);
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
    expect(await refreshed(collector, without, 'arn:aws:s3:eu-west-1:111122223333:accesspoint/one')).toBeUndefined();
  });
});
