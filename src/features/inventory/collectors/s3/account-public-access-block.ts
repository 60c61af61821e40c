// Block Public Access of the account as a whole.

import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Resource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { publicAccessBlockOf } from '../../public-access-block.ts';

const type = 'AWS::S3::AccountPublicAccessBlock';

async function readBlock(context: CollectContext): Promise<Resource<typeof type>> {
  const { account: AccountId, signal: abortSignal } = context;
  const answer = await context
    .client(S3ControlClient)
    .send(new GetPublicAccessBlockCommand({ AccountId }), { abortSignal })
    .catch((error: unknown) => {
      if (errorName(error) === 'NoSuchPublicAccessBlockConfiguration') return null;
      throw error;
    });
  const must = membersOf('s3control:GetPublicAccessBlock');
  return resourceOf(context, type, {
    arn: settingArn(context, 's3', '', 'account-public-access-block'),
    name: 'Block Public Access of the account',
    region: 'global',
    tags: {},
    config: {
      publicAccessBlock: answer === null ? null : publicAccessBlockOf(must, answer.PublicAccessBlockConfiguration),
    },
  });
}

export const collector: Collector = {
  scope: 'global',
  types: [type],
  operations: ['s3control:GetPublicAccessBlock'],
  events: ['s3:PutAccountPublicAccessBlock', 's3:DeleteAccountPublicAccessBlock'],
  async *collect(context) {
    yield { resources: [await readBlock(context)] };
  },
  refresh: readBlock,
};
