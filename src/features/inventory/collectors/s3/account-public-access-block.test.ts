import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refuse } from '../testing.ts';
import { collector } from './account-public-access-block.ts';

const block = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: false };
const answers: Answers = { 's3control:GetPublicAccessBlock': { PublicAccessBlockConfiguration: block } };

keepsItsPromises('s3/account-public-access-block', { collector, answers });

describe('s3/account-public-access-block', () => {
  test('reads the account’s four switches', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:s3::111122223333:account-public-access-block',
        region: 'global',
        config: { publicAccessBlock: { blockPublicAcls: true, restrictPublicBuckets: false } },
      },
    ]);
    expect(context.calls).toMatchObject([{ input: { AccountId: '111122223333' } }]);
  });

  test('an account without it says so', async () => {
    const { resources } = await collected(collector, {
      's3control:GetPublicAccessBlock': refuse('NoSuchPublicAccessBlockConfiguration'),
    });
    expect(resources).toMatchObject([{ config: { publicAccessBlock: null } }]);
  });

  test('a switch that AWS does not name is not guessed', async () => {
    const { RestrictPublicBuckets: _left, ...three } = block;
    const { error } = await collectedUntilError(collector, {
      's3control:GetPublicAccessBlock': { PublicAccessBlockConfiguration: three },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });
});
