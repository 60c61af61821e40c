import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected } from '../testing.ts';
import { collector } from './ebs-defaults.ts';

const answers: Answers = {
  'ec2:GetEbsEncryptionByDefault': { EbsEncryptionByDefault: false },
  'ec2:GetEbsDefaultKmsKeyId': { KmsKeyId: 'alias/aws/ebs' },
  'ec2:GetSnapshotBlockPublicAccessState': { State: 'block-all-sharing' },
};

keepsItsPromises('ec2/ebs-defaults', {
  collector,
  answers,
  parts: {
    'ec2:GetEbsEncryptionByDefault': ['config.encryptionByDefault'],
    'ec2:GetEbsDefaultKmsKeyId': ['config.defaultKmsKeyId'],
    'ec2:GetSnapshotBlockPublicAccessState': ['config.snapshotBlockPublicAccess'],
  },
});

describe('ec2/ebs-defaults', () => {
  test('reads what the region does', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:ec2:eu-west-1:111122223333:ebs-defaults',
        region: 'eu-west-1',
        config: {
          encryptionByDefault: false,
          defaultKmsKeyId: 'alias/aws/ebs',
          snapshotBlockPublicAccess: 'block-all-sharing',
        },
      },
    ]);
  });

  test('a state that is not documented is not believed', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'ec2:GetSnapshotBlockPublicAccessState': { State: 'somewhat-blocked' },
    });
    expect(resources).toMatchObject([{ config: { snapshotBlockPublicAccess: { $unread: { reason: 'failed' } } } }]);
  });
});
