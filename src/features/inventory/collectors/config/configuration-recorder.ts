// AWS Config: the recorders of a region with their status and delivery.

import {
  ConfigServiceClient,
  type ConfigurationRecorder,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { memberOf, partsOf } from '../../parts.ts';
import { findOne, once, readPages } from '../../pages.ts';

const listOperation = 'config:DescribeConfigurationRecorders';
const statusOperation = 'config:DescribeConfigurationRecorderStatus';
const channelsOperation = 'config:DescribeDeliveryChannels';

const must = membersOf(listOperation);

interface Status {
  recording: boolean;
  lastStatus: string | null;
}

async function readStatus(context: CollectContext, name: string): Promise<Status> {
  const command = new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: [name] });
  const answer = await context.client(ConfigServiceClient).send(command, { abortSignal: context.signal });
  const status = answer.ConfigurationRecordersStatus?.find((one) => one.name === name);
  return {
    recording: membersOf(statusOperation)(status?.recording, 'recording'),
    lastStatus: textOrNull(status?.lastStatus),
  };
}

/** Where the region's one delivery channel puts configuration; null without a channel. */
async function readBucket(context: CollectContext): Promise<string | null> {
  const command = new DescribeDeliveryChannelsCommand({});
  const answer = await context.client(ConfigServiceClient).send(command, { abortSignal: context.signal });
  return textOrNull(membersOf(channelsOperation)(answer.DeliveryChannels, 'DeliveryChannels')[0]?.s3BucketName);
}

async function readRecorder(
  context: CollectContext,
  recorder: ConfigurationRecorder,
): Promise<AnyResource | undefined> {
  const name = must(recorder.name, 'name');
  const group = must(recorder.recordingGroup, 'recordingGroup');
  const parts = partsOf(context, ['NoSuchConfigurationRecorderException']);
  const status = await parts.always(statusOperation, () => readStatus(context, name));
  const deliveryBucket = await parts.optional(channelsOperation, () => readBucket(context));
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::Config::ConfigurationRecorder', {
    arn: recorder.arn ?? settingArn(context, 'config', context.region, `configuration-recorder/${name}`),
    name,
    tags: {},
    config: {
      recorderName: name,
      roleArn: textOrNull(recorder.roleARN),
      recording: memberOf(status, 'recording'),
      lastStatus: memberOf(status, 'lastStatus'),
      allSupported: must(group.allSupported, 'recordingGroup.allSupported'),
      includeGlobalResourceTypes: must(group.includeGlobalResourceTypes, 'recordingGroup.includeGlobalResourceTypes'),
      recordingStrategy: textOrNull(group.recordingStrategy?.useOnly),
      excludedResourceTypes: group.exclusionByResourceTypes?.resourceTypes ?? [],
      servicePrincipal: textOrNull(recorder.servicePrincipal),
      deliveryBucket,
    },
  });
}

/**
 * The recorder that the customer manages, one a region at most. Service-linked recorders record for their own service
 * alone and are not in this answer. https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html
 */
function readRecorders(context: CollectContext): AsyncGenerator<Page> {
  const client = context.client(ConfigServiceClient);
  return readPages(
    context,
    once(() => client.send(new DescribeConfigurationRecordersCommand({}), { abortSignal: context.signal })),
    (page) => ({ items: must(page.ConfigurationRecorders, 'ConfigurationRecorders') }),
    (recorder) => readRecorder(context, recorder),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::Config::ConfigurationRecorder'],
  operations: [listOperation, statusOperation, channelsOperation],
  events: [
    'config:PutConfigurationRecorder',
    'config:DeleteConfigurationRecorder',
    'config:StartConfigurationRecorder',
    'config:StopConfigurationRecorder',
    'config:PutDeliveryChannel',
    'config:DeleteDeliveryChannel',
  ],
  collect: readRecorders,
  refresh: (context, arn) => findOne(readRecorders(context), arn, []),
};
