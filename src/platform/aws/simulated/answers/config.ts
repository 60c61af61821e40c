// AWS Config: recorders and where they deliver to.

import type * as sdk from '@aws-sdk/client-config-service';
import type { ConfigurationRecorder, RecorderStatus, RecordingGroup } from '@aws-sdk/client-config-service';
import type { Answers, Call } from '../call.ts';
import type { Recorder } from '../model/watching/state.ts';
import { refuse } from '../refusal.ts';

function recorderOf(call: Call): Recorder | undefined {
  return call.account.region(call.region).watching.recorder;
}

function groupOf(recorder: Recorder): RecordingGroup {
  switch (recorder.scope) {
    case 'all':
      return {
        allSupported: true,
        includeGlobalResourceTypes: recorder.global,
        resourceTypes: [],
        exclusionByResourceTypes: { resourceTypes: [] },
        recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      };
    case 'some':
      return {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::SecurityGroup', 'AWS::S3::Bucket'],
        exclusionByResourceTypes: { resourceTypes: [] },
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      };
    case 'except':
      return {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: [],
        exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::NetworkInterface'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      };
  }
}

function described(call: Call, recorder: Recorder): ConfigurationRecorder {
  return {
    arn: call.site.arn('config', call.region, 'configuration-recorder/default/0123456789abcdef'),
    name: 'default',
    roleARN: call.site.arn('iam', '', 'role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
    recordingGroup: groupOf(recorder),
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
    recordingScope: 'PAID',
  };
}

function known(names: readonly string[] | undefined): void {
  const other = names?.find((name) => name !== 'default');
  if (other !== undefined)
    refuse(
      'NoSuchConfigurationRecorderException',
      `Cannot find configuration recorder with the specified name '${other}'.`,
    );
}

export const config: Answers<typeof sdk> = {
  DescribeConfigurationRecorders: (input, call) => {
    known(input.ConfigurationRecorderNames);
    const recorder = recorderOf(call);
    return { ConfigurationRecorders: recorder === undefined ? [] : [described(call, recorder)] };
  },
  DescribeConfigurationRecorderStatus: (input, call) => {
    known(input.ConfigurationRecorderNames);
    const recorder = recorderOf(call);
    if (recorder === undefined) return { ConfigurationRecordersStatus: [] };
    const { calendar } = call.world;
    return {
      ConfigurationRecordersStatus: [
        {
          arn: described(call, recorder).arn,
          name: 'default',
          recording: recorder.recording,
          // The service writes capitals where its model has `Success`.
          lastStatus: 'SUCCESS' as RecorderStatus,
          lastStartTime: calendar.ago(300),
          lastStatusChangeTime: calendar.ago(0),
          ...(recorder.recording ? {} : { lastStopTime: calendar.ago(40) }),
        },
      ],
    };
  },
  DescribeDeliveryChannels: (_, call) => ({
    DeliveryChannels:
      recorderOf(call) === undefined
        ? []
        : [
            {
              name: 'default',
              s3BucketName: `organization-config-${call.world.organization.logArchive.id}`,
              configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
            },
          ],
  }),
};
