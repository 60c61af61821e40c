// CloudTrail trails whose home is this region, and in the partition's first region the organisation's from elsewhere.

import {
  type AdvancedFieldSelector,
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { type Partition, parseArn } from '../../../../domain/arn.ts';
import { type Evidence, unread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import type { EventSelectors } from '../../../../domain/resources/cloudtrail.ts';
import { membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { memberOf, partsOf } from '../../parts.ts';
import { once, readPages } from '../../pages.ts';

const listOperation = 'cloudtrail:DescribeTrails';
const selectorsOperation = 'cloudtrail:GetEventSelectors';

const fieldOf = (selector: AdvancedFieldSelector): EventSelectors['advanced'][number]['fieldSelectors'][number] => ({
  field: membersOf(selectorsOperation)(selector.Field, 'Field'),
  equals: selector.Equals ?? [],
  notEquals: selector.NotEquals ?? [],
  startsWith: selector.StartsWith ?? [],
  notStartsWith: selector.NotStartsWith ?? [],
  endsWith: selector.EndsWith ?? [],
  notEndsWith: selector.NotEndsWith ?? [],
});

async function readSelectors(context: CollectContext, TrailName: string): Promise<EventSelectors> {
  const must = membersOf(selectorsOperation);
  const answer = await context
    .client(CloudTrailClient)
    .send(new GetEventSelectorsCommand({ TrailName }), { abortSignal: context.signal });
  must(answer.TrailARN, 'TrailARN');
  return {
    basic: (answer.EventSelectors ?? []).map((selector) => ({
      readWriteType: must.oneOf(selector.ReadWriteType, ['All', 'ReadOnly', 'WriteOnly'], 'ReadWriteType'),
      includeManagementEvents: must(selector.IncludeManagementEvents, 'IncludeManagementEvents'),
      excludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
      dataResources: (selector.DataResources ?? []).map(({ Type, Values }) => ({
        type: must(Type, 'DataResources[].Type'),
        values: Values ?? [],
      })),
    })),
    advanced: (answer.AdvancedEventSelectors ?? []).map((selector) => ({
      name: selector.Name ?? '',
      fieldSelectors: must(selector.FieldSelectors, 'FieldSelectors').map(fieldOf),
    })),
  };
}

const firstRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * Whether a trail is read here: in its home region, and the shadow of an organisation's trail in the one region that no
 * account can disable, because a member may not have enabled the trail's home, or may not be read there. One region is
 * enough, since the shadow says the same in all.
 */
function isReadHere(context: CollectContext, homeRegion: string, ownerAccount: string): boolean {
  if (homeRegion === context.region) return true;
  return ownerAccount !== context.account && context.region === firstRegions[context.partition];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html */
async function readTrail(context: CollectContext, trail: Trail): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const homeRegion = must(trail.HomeRegion, 'HomeRegion');
  const arn = must(trail.TrailARN, 'TrailARN');
  const ownerAccount = parseArn(arn)?.account ?? context.account;
  if (!isReadHere(context, homeRegion, ownerAccount)) return undefined;
  const client = context.client(CloudTrailClient);
  const options = { abortSignal: context.signal };
  const parts = partsOf(context, ['TrailNotFoundException']);
  const status = await parts.always('cloudtrail:GetTrailStatus', async () => {
    const answer = await client.send(new GetTrailStatusCommand({ Name: arn }), options);
    return {
      logging: membersOf('cloudtrail:GetTrailStatus')(answer.IsLogging, 'IsLogging'),
      deliveryAt: timeOrNull(answer.LatestDeliveryTime),
      deliveryError: textOrNull(answer.LatestDeliveryError),
      logsDeliveryAt: timeOrNull(answer.LatestCloudWatchLogsDeliveryTime),
    };
  });
  const eventSelectors = await parts.always(selectorsOperation, () => readSelectors(context, arn));
  // A member sees the organisation's trail, but its tags are the owner's to read.
  let tags: Evidence<Tags> = unread('cloudtrail:ListTags', 'unsupported');
  if (ownerAccount === context.account)
    tags = await parts.always('cloudtrail:ListTags', async () => {
      const answer = await client.send(new ListTagsCommand({ ResourceIdList: [arn] }), options);
      const own = answer.ResourceTagList?.find(({ ResourceId }) => ResourceId === arn);
      return tagsOf(membersOf('cloudtrail:ListTags')(own?.TagsList, 'TagsList'));
    });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::CloudTrail::Trail', {
    arn,
    name: must(trail.Name, 'Name'),
    tags,
    config: {
      homeRegion,
      ownerAccount,
      multiRegion: must(trail.IsMultiRegionTrail, 'IsMultiRegionTrail'),
      organizationTrail: must(trail.IsOrganizationTrail, 'IsOrganizationTrail'),
      includeGlobalServiceEvents: must(trail.IncludeGlobalServiceEvents, 'IncludeGlobalServiceEvents'),
      logFileValidation: must(trail.LogFileValidationEnabled, 'LogFileValidationEnabled'),
      kmsKeyId: textOrNull(trail.KmsKeyId),
      bucket: textOrNull(trail.S3BucketName),
      snsTopicArn: textOrNull(trail.SnsTopicARN),
      cloudWatchLogsGroupArn: textOrNull(trail.CloudWatchLogsLogGroupArn),
      logging: memberOf(status, 'logging'),
      latestDeliveryAt: memberOf(status, 'deliveryAt'),
      latestDeliveryError: memberOf(status, 'deliveryError'),
      latestCloudWatchLogsDeliveryAt: memberOf(status, 'logsDeliveryAt'),
      eventSelectors,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::CloudTrail::Trail'],
  operations: [listOperation, 'cloudtrail:GetTrailStatus', selectorsOperation, 'cloudtrail:ListTags'],
  events: [
    'cloudtrail:CreateTrail',
    'cloudtrail:UpdateTrail',
    'cloudtrail:DeleteTrail',
    'cloudtrail:StartLogging',
    'cloudtrail:StopLogging',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:AddTags',
    'cloudtrail:RemoveTags',
  ],
  async *collect(context) {
    const client = context.client(CloudTrailClient);
    // Without shadow trails a member would not see the organisation's trails.
    yield* readPages(
      context,
      once(() =>
        client.send(new DescribeTrailsCommand({ includeShadowTrails: true }), { abortSignal: context.signal }),
      ),
      (page) => ({ items: membersOf(listOperation)(page.trailList, 'trailList') }),
      (trail) => readTrail(context, trail),
    );
  },
  async refresh(context, arn) {
    const answer = await context
      .client(CloudTrailClient)
      .send(new DescribeTrailsCommand({ trailNameList: [arn], includeShadowTrails: true }), {
        abortSignal: context.signal,
      });
    const trail = membersOf(listOperation)(answer.trailList, 'trailList').find((one) => one.TrailARN === arn);
    return trail === undefined ? undefined : await readTrail(context, trail);
  },
};
