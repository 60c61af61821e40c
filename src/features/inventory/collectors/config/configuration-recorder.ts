// AWS Config: the recorders of a region with their status and delivery.

import {
  ConfigServiceClient,
  type ConfigurationRecorder,
  type ConfigurationRecorderStatus,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import { type Evidence, isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const listOperation = 'config:DescribeConfigurationRecorders';
const statusOperation = 'config:DescribeConfigurationRecorderStatus';
const channelsOperation = 'config:DescribeDeliveryChannels';

function recorderOf(
  context: CollectContext,
  recorder: ConfigurationRecorder,
  status: Evidence<ConfigurationRecorderStatus | null>,
  deliveryBucket: Evidence<string | null>,
): AnyResource {
  const must = membersOf(listOperation);
  const recorderName = must(recorder.name, 'name');
  const group = recorder.recordingGroup;
  return resourceOf(context, 'AWS::Config::ConfigurationRecorder', {
    arn: recorder.arn ?? settingArn(context, 'config', context.region, `configuration-recorder/${recorderName}`),
    name: recorderName,
    tags: {},
    config: {
      recorderName,
      roleArn: textOrNull(recorder.roleARN),
      recording: isUnread(status) ? status : status?.recording === true,
      lastStatus: isUnread(status) ? status : (status?.lastStatus ?? null),
      allSupported: group?.allSupported ?? false,
      includeGlobalResourceTypes: group?.includeGlobalResourceTypes ?? false,
      recordingStrategy: textOrNull(group?.recordingStrategy?.useOnly),
      excludedResourceTypes: group?.exclusionByResourceTypes?.resourceTypes ?? [],
      servicePrincipal: textOrNull(recorder.servicePrincipal),
      deliveryBucket,
    },
  });
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html */
async function readRecorders(context: CollectContext): Promise<AnyResource[]> {
  const client = context.client(ConfigServiceClient);
  const options = { abortSignal: context.signal };
  const answer = await client.send(new DescribeConfigurationRecordersCommand({}), options);
  const recorders = membersOf(listOperation)(answer.ConfigurationRecorders, 'ConfigurationRecorders');
  if (recorders.length === 0) return [];
  const parts = partsOf(context, []);
  const statuses = await parts.always(statusOperation, async () => {
    const found = await client.send(new DescribeConfigurationRecorderStatusCommand({}), options);
    return membersOf(statusOperation)(found.ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
  });
  // A region has one delivery channel at most; a service-linked recorder delivers without one.
  const deliveryBucket = await parts.optional(channelsOperation, async () => {
    const found = await client.send(new DescribeDeliveryChannelsCommand({}), options);
    return textOrNull(membersOf(channelsOperation)(found.DeliveryChannels, 'DeliveryChannels')[0]?.s3BucketName);
  });
  return recorders.map((recorder) => {
    const status = isUnread(statuses) ? statuses : (statuses.find((one) => one.name === recorder.name) ?? null);
    return recorderOf(context, recorder, status, deliveryBucket);
  });
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
  async *collect(context) {
    yield { resources: await readRecorders(context) };
  },
  refresh: async (context, arn) => (await readRecorders(context)).find((recorder) => recorder.arn === arn),
};
