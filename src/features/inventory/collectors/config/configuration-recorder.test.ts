import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refuse } from '../testing.ts';
import { collector } from './configuration-recorder.ts';

const recordingGroup = {
  allSupported: false,
  includeGlobalResourceTypes: true,
  recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
  exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Volume'] },
};
const recorder = (more: object = {}): object => ({
  name: 'default',
  arn: 'arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/abc',
  roleARN: 'arn:aws:iam::111122223333:role/config',
  recordingGroup,
  ...more,
});

const answers: Answers = {
  'config:DescribeConfigurationRecorders': { ConfigurationRecorders: [recorder()] },
  'config:DescribeConfigurationRecorderStatus': {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
  },
  'config:DescribeDeliveryChannels': { DeliveryChannels: [{ s3BucketName: 'config-bucket' }] },
};

const withRecorder = (more: object): Answers => ({
  ...answers,
  'config:DescribeConfigurationRecorders': { ConfigurationRecorders: [recorder(more)] },
});

keepsItsPromises('config/configuration-recorder', {
  collector,
  answers,
  parts: {
    'config:DescribeConfigurationRecorderStatus': ['config.recording', 'config.lastStatus'],
    'config:DescribeDeliveryChannels': ['config.deliveryBucket'],
  },
});

describe('config/configuration-recorder', () => {
  test('reads the recorder with its status and delivery', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/abc',
        config: {
          recorderName: 'default',
          roleArn: 'arn:aws:iam::111122223333:role/config',
          recording: true,
          lastStatus: 'SUCCESS',
          allSupported: false,
          includeGlobalResourceTypes: true,
          recordingStrategy: 'EXCLUSION_BY_RESOURCE_TYPES',
          excludedResourceTypes: ['AWS::EC2::Volume'],
          servicePrincipal: null,
          deliveryBucket: 'config-bucket',
        },
      },
    ]);
  });

  test('a region without a recorder has none', async () => {
    const none = { ...answers, 'config:DescribeConfigurationRecorders': { ConfigurationRecorders: [] } };
    const { resources, context } = await collected(collector, none);
    expect(resources).toEqual([]);
    expect(context.calls).toHaveLength(1);
  });

  test('one without a channel, a role or a strategy', async () => {
    const { resources } = await collected(collector, {
      ...withRecorder({
        arn: undefined,
        roleARN: undefined,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: false },
      }),
      'config:DescribeDeliveryChannels': { DeliveryChannels: [] },
    });
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:config:eu-west-1:111122223333:configuration-recorder/default',
        config: { roleArn: null, recordingStrategy: null, excludedResourceTypes: [], deliveryBucket: null },
      },
    ]);
  });

  test('a status of another recorder is not its own', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'config:DescribeConfigurationRecorderStatus': {
        ConfigurationRecordersStatus: [{ name: 'another', recording: true }],
      },
    });
    expect(resources).toMatchObject([{ config: { recording: { $unread: { reason: 'failed' } } } }]);
  });

  test('what it records is not guessed', async () => {
    const { error } = await collectedUntilError(collector, withRecorder({ recordingGroup: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone when its status is asked for is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'config:DescribeConfigurationRecorderStatus': refuse('NoSuchConfigurationRecorderException'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });
});
