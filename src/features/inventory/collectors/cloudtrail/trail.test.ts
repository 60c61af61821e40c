import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './trail.ts';

const arnOf = (name: string, owner = '111122223333'): string => `arn:aws:cloudtrail:eu-west-1:${owner}:trail/${name}`;

const trail = (Name: string, more: object = {}): object => ({
  Name,
  TrailARN: arnOf(Name),
  HomeRegion: 'eu-west-1',
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: true,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  S3BucketName: 'logs',
  CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*',
  ...more,
});

const answers: Answers = {
  'cloudtrail:DescribeTrails': { trailList: [trail('main'), trail('elsewhere', { HomeRegion: 'us-east-1' })] },
  'cloudtrail:GetTrailStatus': {
    IsLogging: true,
    LatestDeliveryTime: new Date('2026-01-02T03:00:00Z'),
    LatestCloudWatchLogsDeliveryTime: new Date('2026-01-02T03:01:00Z'),
  },
  'cloudtrail:GetEventSelectors': {
    TrailARN: arnOf('main'),
    EventSelectors: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: ['kms.amazonaws.com'],
        DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
      },
    ],
  },
  'cloudtrail:ListTags': ({ input }) => ({
    ResourceTagList: (input['ResourceIdList'] as string[]).map((ResourceId) => ({
      ResourceId,
      TagsList: [{ Key: 'owner', Value: 'security' }],
    })),
  }),
};

const oneTrail = (more: object): Answers => ({
  ...answers,
  'cloudtrail:DescribeTrails': { trailList: [trail('main', more)] },
});

keepsItsPromises('cloudtrail/trail', {
  collector,
  answers,
  parts: {
    'cloudtrail:GetTrailStatus': [
      'config.logging',
      'config.latestDeliveryAt',
      'config.latestDeliveryError',
      'config.latestCloudWatchLogsDeliveryAt',
    ],
    'cloudtrail:GetEventSelectors': ['config.eventSelectors'],
    'cloudtrail:ListTags': ['tags'],
  },
});

describe('cloudtrail/trail', () => {
  test('reads the trails whose home is this region, by their ARN', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: arnOf('main'),
        name: 'main',
        tags: { owner: 'security' },
        config: {
          homeRegion: 'eu-west-1',
          ownerAccount: '111122223333',
          multiRegion: true,
          organizationTrail: false,
          includeGlobalServiceEvents: true,
          logFileValidation: true,
          bucket: 'logs',
          snsTopicArn: null,
          logging: true,
          latestDeliveryAt: '2026-01-02T03:00:00.000Z',
          latestDeliveryError: null,
          latestCloudWatchLogsDeliveryAt: '2026-01-02T03:01:00.000Z',
          eventSelectors: {
            basic: [
              {
                readWriteType: 'All',
                includeManagementEvents: true,
                excludeManagementEventSources: ['kms.amazonaws.com'],
                dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
              },
            ],
            advanced: [],
          },
        },
      },
    ]);
    expect(context.calls[0]?.input['includeShadowTrails']).toBe(true);
    expect(context.calls[1]?.input['Name']).toBe(arnOf('main'));
  });

  test('an organisation’s trail shows in a member, its tags are the owner’s', async () => {
    const TrailARN = arnOf('main', '444455556666');
    const { resources, context } = await collected(collector, oneTrail({ TrailARN, IsOrganizationTrail: true }));
    expect(resources).toMatchObject([
      {
        account: '111122223333',
        tags: { $unread: { operation: 'cloudtrail:ListTags', reason: 'unsupported' } },
        config: { ownerAccount: '444455556666', organizationTrail: true },
      },
    ]);
    expect(context.calls.map(({ operation }) => operation)).not.toContain('cloudtrail:ListTags');
    expect(context.gaps).toEqual([]);
  });

  test.each([
    ['of another account, in the first region', '444455556666', 'us-east-1', ['main']],
    ['of another account, elsewhere', '444455556666', 'eu-central-1', []],
    ['of the account itself, in the first region', '111122223333', 'us-east-1', []],
  ])('a shadow trail %s', async (_name, owner, region, names) => {
    const shadow = oneTrail({ TrailARN: arnOf('main', owner), IsOrganizationTrail: true });
    const { resources } = await collected(collector, shadow, { region });
    expect(resources.map(({ name }) => name)).toEqual(names);
    expect(resources.every((one) => one.region === region)).toBe(true);
    expect(resources).toMatchObject(names.map(() => ({ config: { homeRegion: 'eu-west-1', ownerAccount: owner } })));
  });

  test('advanced selectors', async () => {
    const { resources } = await collected(collector, {
      ...oneTrail({}),
      'cloudtrail:GetEventSelectors': {
        TrailARN: arnOf('main'),
        AdvancedEventSelectors: [
          { Name: 'writes', FieldSelectors: [{ Field: 'readOnly', Equals: ['false'], NotStartsWith: ['a'] }] },
        ],
      },
    });
    expect(resources).toMatchObject([
      {
        config: {
          eventSelectors: {
            basic: [],
            advanced: [
              {
                name: 'writes',
                fieldSelectors: [{ field: 'readOnly', equals: ['false'], notEquals: [], notStartsWith: ['a'] }],
              },
            ],
          },
        },
      },
    ]);
  });

  test.each([
    'IsMultiRegionTrail',
    'IsOrganizationTrail',
    'IncludeGlobalServiceEvents',
    'LogFileValidationEnabled',
    'HomeRegion',
  ])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, oneTrail({ [name]: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test.each(['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'])(
    'one that is gone at %s is left out',
    async (operation) => {
      const gone = { ...answers, [operation]: refuse('TrailNotFoundException') };
      const { resources, context } = await collected(collector, gone);
      expect(resources).toEqual([]);
      expect(context.gaps).toEqual([]);
    },
  );

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'cloudtrail:DescribeTrails': { trailList: [] } };
    expect(await refreshed(collector, gone, arnOf('main'))).toBeUndefined();
  });
});
