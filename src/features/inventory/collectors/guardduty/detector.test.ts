import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './detector.ts';

const arnOf = (id: string): string => `arn:aws:guardduty:eu-west-1:111122223333:detector/${id}`;
const notOwned = 'The request is rejected because the input detectorId is not owned by the current account.';

const detector = (more: object = {}): object => ({
  Status: 'ENABLED',
  FindingPublishingFrequency: 'SIX_HOURS',
  ServiceRole: 'role',
  Tags: { owner: 'security' },
  Features: [
    { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' },
    {
      Name: 'RUNTIME_MONITORING',
      Status: 'DISABLED',
      AdditionalConfiguration: [{ Name: 'EKS_ADDON_MANAGEMENT', Status: 'DISABLED' }],
    },
  ],
  ...more,
});

const answers: Answers = {
  'guardduty:ListDetectors': ({ input }) =>
    input['NextToken'] === undefined ? { DetectorIds: ['one'], NextToken: 'second' } : { DetectorIds: ['two'] },
  'guardduty:GetDetector': detector(),
  'guardduty:GetAdministratorAccount': {
    Administrator: { AccountId: '444455556666', RelationshipStatus: 'Enabled' },
  },
};

keepsItsPromises('guardduty/detector', {
  collector,
  answers,
  parts: { 'guardduty:GetAdministratorAccount': ['config.administratorAccount'] },
  emptyIsAnAnswer: ['guardduty:GetAdministratorAccount'],
});

describe('guardduty/detector', () => {
  test('reads every page, each detector with its plans and their parts', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        tags: { owner: 'security' },
        config: {
          detectorId: 'one',
          status: 'ENABLED',
          features: {
            S3_DATA_EVENTS: 'ENABLED',
            RUNTIME_MONITORING: 'DISABLED',
            'RUNTIME_MONITORING.EKS_ADDON_MANAGEMENT': 'DISABLED',
          },
          findingPublishingFrequency: 'SIX_HOURS',
          administratorAccount: '444455556666',
        },
      },
      { arn: arnOf('two') },
    ]);
  });

  test('a region without a detector has none; one without an administrator stands alone', async () => {
    const none = await collected(collector, { ...answers, 'guardduty:ListDetectors': { DetectorIds: [] } });
    expect(none.resources).toEqual([]);
    const alone = await collected(collector, { ...answers, 'guardduty:GetAdministratorAccount': {} });
    expect(alone.resources[0]).toMatchObject({ config: { administratorAccount: null } });
  });

  test('plans that AWS does not name are not there, neither on nor off', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'guardduty:GetDetector': detector({ Features: [] }),
    });
    expect(resources[0]).toMatchObject({ config: { features: {} } });
  });

  test.each([
    ['status', { Status: undefined }],
    ['plan', { Features: [{ Name: 'S3_DATA_EVENTS' }] }],
  ])('its %s is not guessed', async (_name, more) => {
    const { error } = await collectedUntilError(collector, { ...answers, 'guardduty:GetDetector': detector(more) });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test.each(['guardduty:GetDetector', 'guardduty:GetAdministratorAccount'])(
    'one that is gone at %s is left out',
    async (operation) => {
      const gone = { ...answers, [operation]: refuse('BadRequestException', notOwned) };
      const { resources, context } = await collected(collector, gone);
      expect(resources).toEqual([]);
      expect(context.gaps).toEqual([]);
      expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
    },
  );

  test('another bad request is no absence', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'guardduty:GetDetector': refuse('BadRequestException', 'The request is rejected because of something else.'),
    });
    expect(error).toMatchObject({ name: 'BadRequestException' });
  });
});
