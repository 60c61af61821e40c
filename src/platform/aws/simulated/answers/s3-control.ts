// S3 Control: the account's public access block and access points.

import type * as sdk from '@aws-sdk/client-s3-control';
import type { Answers, Call } from '../call.ts';
import type { AccessPoint } from '../model/s3/state.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function own(call: Call, accountId: string | undefined): void {
  if (accountId !== call.site.account) refuse('AccessDenied', 'Access Denied', { status: 403 });
}

function pointOf(call: Call, name: string | undefined): AccessPoint {
  const point = call.account.s3.accessPoints.find(
    (candidate) => candidate.name === name && candidate.region === call.region,
  );
  return point ?? refuse('NoSuchAccessPoint', 'The specified accesspoint does not exist', { status: 404 });
}

function described(call: Call, point: AccessPoint) {
  return {
    Name: point.name,
    NetworkOrigin: point.vpc === undefined ? ('Internet' as const) : ('VPC' as const),
    ...(point.vpc === undefined ? {} : { VpcConfiguration: { VpcId: point.vpc } }),
    Bucket: point.bucket,
    BucketAccountId: call.site.account,
    AccessPointArn: call.site.arn('s3', point.region, `accesspoint/${point.name}`),
    Alias: `${point.name}-${call.site.hex(30, 'alias', point.name)}-s3alias`,
  };
}

export const s3Control: Answers<typeof sdk> = {
  GetPublicAccessBlock: (input, call) => {
    own(call, input.AccountId);
    const { publicAccessBlock } = call.account.s3;
    if (publicAccessBlock === undefined) {
      refuse('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', {
        status: 404,
      });
    }
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },
  ListAccessPoints: (input, call) => {
    own(call, input.AccountId);
    const points = call.account.s3.accessPoints.filter(
      (point) => point.region === call.region && (input.Bucket === undefined || point.bucket === input.Bucket),
    );
    const { items, next } = page(points, input.NextToken, input.MaxResults, 1000, 'InvalidRequest');
    return { AccessPointList: items.map((point) => described(call, point)), NextToken: next };
  },
  GetAccessPoint: (input, call) => {
    own(call, input.AccountId);
    const point = pointOf(call, input.Name);
    return {
      ...described(call, point),
      PublicAccessBlockConfiguration: point.publicAccessBlock,
      CreationDate: call.world.calendar.ago(100),
    };
  },
  ListTagsForResource: (input, call) => {
    own(call, input.AccountId);
    pointOf(call, (input.ResourceArn ?? '').split('/').at(-1));
    return { Tags: [] };
  },
  GetAccessPointPolicy: (input, call) => {
    own(call, input.AccountId);
    const { policy } = pointOf(call, input.Name);
    if (policy === undefined)
      refuse('NoSuchAccessPointPolicy', 'The specified accesspoint does not have a policy', { status: 404 });
    return { Policy: JSON.stringify(policy) };
  },
};
