// GuardDuty: the detector of a region, its protection plans and its administrator. Without a detector it is not enabled.

import {
  type DetectorFeatureConfigurationResult,
  GetAdministratorAccountCommand,
  GetDetectorCommand,
  type GetDetectorResponse,
  GuardDutyClient,
  paginateListDetectors,
} from '@aws-sdk/client-guardduty';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, idOf, membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages } from '../../pages.ts';

const detectorOperation = 'guardduty:GetDetector';
const administratorOperation = 'guardduty:GetAdministratorAccount';
const must = membersOf(detectorOperation);

/** GuardDuty has no name of its own for a detector that is not there. */
const isGone = (error: unknown): boolean =>
  errorName(error) === 'BadRequestException' &&
  error instanceof Error &&
  error.message.includes('detectorId is not owned by the current account');

/** Plans by name and, as `<plan>.<part>`, their parts. */
function featuresOf(features: readonly DetectorFeatureConfigurationResult[]): Record<string, string> {
  return Object.fromEntries(
    features.flatMap(({ Name, Status, AdditionalConfiguration: parts = [] }) => {
      const name = must(Name, 'Features[].Name');
      return [
        [name, must(Status, 'Features[].Status')],
        ...parts.map((part) => [
          `${name}.${must(part.Name, 'AdditionalConfiguration[].Name')}`,
          must(part.Status, 'AdditionalConfiguration[].Status'),
        ]),
      ];
    }),
  );
}

async function getDetector(context: CollectContext, DetectorId: string): Promise<GetDetectorResponse | undefined> {
  try {
    const command = new GetDetectorCommand({ DetectorId });
    return await context.client(GuardDutyClient).send(command, { abortSignal: context.signal });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html */
async function readDetector(context: CollectContext, DetectorId: string): Promise<AnyResource | undefined> {
  const detector = await getDetector(context, DetectorId);
  if (detector === undefined) return undefined;
  const status = must.oneOf(detector.Status, ['ENABLED', 'DISABLED'], 'Status');
  const parts = partsOf(context, isGone);
  // A detector that stands alone or administers others has no administrator: the answer lacks the member.
  const administratorAccount = await parts.optional(administratorOperation, async () => {
    const command = new GetAdministratorAccountCommand({ DetectorId });
    const answer = await context.client(GuardDutyClient).send(command, { abortSignal: context.signal });
    return textOrNull(answer.Administrator?.AccountId);
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::GuardDuty::Detector', {
    arn: settingArn(context, 'guardduty', context.region, `detector/${DetectorId}`),
    name: DetectorId,
    tags: detector.Tags ?? {},
    config: {
      detectorId: DetectorId,
      status,
      features: featuresOf(detector.Features ?? []),
      findingPublishingFrequency: detector.FindingPublishingFrequency ?? '',
      administratorAccount,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::GuardDuty::Detector'],
  operations: ['guardduty:ListDetectors', detectorOperation, administratorOperation],
  events: [
    'guardduty:CreateDetector',
    'guardduty:UpdateDetector',
    'guardduty:DeleteDetector',
    'guardduty:AcceptAdministratorInvitation',
    'guardduty:DisassociateFromAdministratorAccount',
  ],
  async *collect(context) {
    const client = context.client(GuardDutyClient);
    yield* readPages(
      context,
      paginateListDetectors({ client }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf('guardduty:ListDetectors')(page.DetectorIds, 'DetectorIds') }),
      (id) => readDetector(context, id),
    );
  },
  refresh: (context, arn) => readDetector(context, idOf(arn)),
};
