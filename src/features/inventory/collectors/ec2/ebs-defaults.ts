// What a region does to new volumes and to the sharing of snapshots.

import {
  EC2Client,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

type SharingState = 'block-all-sharing' | 'block-new-sharing' | 'unblocked';

const encryption = 'ec2:GetEbsEncryptionByDefault';
const key = 'ec2:GetEbsDefaultKmsKeyId';
const sharing = 'ec2:GetSnapshotBlockPublicAccessState';

/** https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
async function readDefaults(context: CollectContext): Promise<AnyResource> {
  const client = context.client(EC2Client);
  const options = { abortSignal: context.signal };
  const parts = partsOf(context, []);
  const encryptionByDefault = await parts.always(encryption, async () => {
    const answer = await client.send(new GetEbsEncryptionByDefaultCommand({}), options);
    return membersOf(encryption)(answer.EbsEncryptionByDefault, 'EbsEncryptionByDefault');
  });
  const defaultKmsKeyId = await parts.always(key, async () => {
    const answer = await client.send(new GetEbsDefaultKmsKeyIdCommand({}), options);
    return membersOf(key)(answer.KmsKeyId, 'KmsKeyId');
  });
  const snapshotBlockPublicAccess = await parts.always(sharing, async (): Promise<SharingState> => {
    const answer = await client.send(new GetSnapshotBlockPublicAccessStateCommand({}), options);
    return membersOf(sharing).oneOf<SharingState>(
      answer.State,
      ['block-all-sharing', 'block-new-sharing', 'unblocked'],
      'State',
    );
  });
  parts.throwIfNothingRead();
  return resourceOf(context, 'AWS::EC2::EBSDefaults', {
    arn: settingArn(context, 'ec2', context.region, 'ebs-defaults'),
    name: 'EBS defaults',
    tags: {},
    config: { encryptionByDefault, defaultKmsKeyId, snapshotBlockPublicAccess },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::EBSDefaults'],
  operations: [encryption, key, sharing],
  events: [
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:DisableEbsEncryptionByDefault',
    'ec2:ModifyEbsDefaultKmsKeyId',
    'ec2:EnableSnapshotBlockPublicAccess',
    'ec2:DisableSnapshotBlockPublicAccess',
  ],
  async *collect(context) {
    yield { resources: [await readDefaults(context)] };
  },
  refresh: readDefaults,
};
