// S3 access points of one region, with their own Block Public Access and policy.

import {
  type AccessPoint,
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  type GetAccessPointResult,
  ListTagsForResourceCommand,
  paginateListAccessPoints,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { parseArn } from '../../../../domain/arn.ts';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { PublicAccessBlock } from '../../../../domain/resources/s3.ts';
import { errorName, type Members, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { type Parts, partsOf } from '../../parts.ts';
import { readPages } from '../../pages.ts';
import { publicAccessBlockOf } from '../../public-access-block.ts';

const gone = ['NoSuchAccessPoint'];

async function getAccessPoint(context: CollectContext, Name: string): Promise<GetAccessPointResult> {
  const command = new GetAccessPointCommand({ AccountId: context.account, Name });
  return context.client(S3ControlClient).send(command, { abortSignal: context.signal });
}

const blockOf = (answer: GetAccessPointResult): PublicAccessBlock =>
  publicAccessBlockOf(membersOf('s3control:GetAccessPoint'), answer.PublicAccessBlockConfiguration);

async function readAccessPoint(
  context: CollectContext,
  must: Members,
  point: AccessPoint | GetAccessPointResult,
  readBlock: (parts: Parts, name: string) => Promise<Evidence<PublicAccessBlock>>,
): Promise<AnyResource | undefined> {
  const AccountId = context.account;
  const Name = must(point.Name, 'Name');
  const arn = must(point.AccessPointArn, 'AccessPointArn');
  const client = context.client(S3ControlClient);
  const options = { abortSignal: context.signal };
  const parts = partsOf(context, gone);
  const publicAccessBlock = await readBlock(parts, Name);
  const policy = await parts.optional(
    's3control:GetAccessPointPolicy',
    async () => {
      const answer = await client.send(new GetAccessPointPolicyCommand({ AccountId, Name }), options);
      return membersOf('s3control:GetAccessPointPolicy')(answer.Policy, 'Policy');
    },
    ['NoSuchAccessPointPolicy'],
  );
  const tags = await parts.always('s3control:ListTagsForResource', async () => {
    const answer = await client.send(new ListTagsForResourceCommand({ AccountId, ResourceArn: arn }), options);
    return tagsOf(answer.Tags);
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::S3::AccessPoint', {
    arn,
    name: Name,
    tags,
    config: {
      bucket: must(point.Bucket, 'Bucket'),
      bucketAccountId: textOrNull(point.BucketAccountId),
      networkOrigin: must.oneOf(point.NetworkOrigin, ['Internet', 'VPC'], 'NetworkOrigin'),
      vpcId: textOrNull(point.VpcConfiguration?.VpcId),
      publicAccessBlock,
      policy,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::S3::AccessPoint'],
  operations: [
    's3control:ListAccessPoints',
    's3control:GetAccessPoint',
    's3control:GetAccessPointPolicy',
    's3control:ListTagsForResource',
  ],
  events: [
    's3:CreateAccessPoint',
    's3:DeleteAccessPoint',
    's3:PutAccessPointPolicy',
    's3:DeleteAccessPointPolicy',
    's3:PutAccessPointPublicAccessBlock',
  ],
  async *collect(context) {
    const client = context.client(S3ControlClient);
    const list = paginateListAccessPoints({ client }, { AccountId: context.account }, { abortSignal: context.signal });
    const must = membersOf('s3control:ListAccessPoints');
    yield* readPages(
      context,
      list,
      (page) => ({ items: must(page.AccessPointList, 'AccessPointList') }),
      (point) =>
        readAccessPoint(context, must, point, (parts, name) =>
          parts.always('s3control:GetAccessPoint', async () => blockOf(await getAccessPoint(context, name))),
        ),
    );
  },
  async refresh(context, arn) {
    try {
      const name = parseArn(arn)?.resource.replace(/^accesspoint\//, '') ?? arn;
      const point = await getAccessPoint(context, name);
      return await readAccessPoint(context, membersOf('s3control:GetAccessPoint'), point, async () => blockOf(point));
    } catch (error) {
      if (gone.includes(errorName(error))) return undefined;
      throw error;
    }
  },
};
