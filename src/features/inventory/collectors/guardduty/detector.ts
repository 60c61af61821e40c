// GuardDuty: the detector of a region, its protection plans and its administrator. Without a detector it is not enabled.

import {
  GetAdministratorAccountCommand,
  GetDetectorCommand,
  GuardDutyClient,
  paginateListDetectors,
} from '@aws-sdk/client-guardduty';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages } from '../../pages.ts';

const detectorOperation = 'guardduty:GetDetector';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html */
async function detectorOf(context: CollectContext, DetectorId: string): Promise<AnyResource> {
  const must = membersOf(detectorOperation);
  const client = context.client(GuardDutyClient);
  const options = { abortSignal: context.signal };
  const detector = await client.send(new GetDetectorCommand({ DetectorId }), options);
  const features: Record<string, string> = {};
  for (const feature of detector.Features ?? []) {
    const name = must(feature.Name, 'Features[].Name');
    features[name] = must(feature.Status, 'Features[].Status');
    for (const part of feature.AdditionalConfiguration ?? [])
      features[`${name}.${must(part.Name, 'AdditionalConfiguration[].Name')}`] = must(
        part.Status,
        'AdditionalConfiguration[].Status',
      );
  }
  const parts = partsOf(context, []);
  // A detector that stands alone or administers others has no administrator: the answer lacks the member.
  const administratorAccount = await parts.optional('guardduty:GetAdministratorAccount', async () => {
    const answer = await client.send(new GetAdministratorAccountCommand({ DetectorId }), options);
    return textOrNull(answer.Administrator?.AccountId);
  });
  return resourceOf(context, 'AWS::GuardDuty::Detector', {
    arn: settingArn(context, 'guardduty', context.region, `detector/${DetectorId}`),
    name: DetectorId,
    tags: detector.Tags ?? {},
    config: {
      detectorId: DetectorId,
      status: must.oneOf(detector.Status, ['ENABLED', 'DISABLED'], 'Status'),
      features,
      findingPublishingFrequency: detector.FindingPublishingFrequency ?? '',
      administratorAccount,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::GuardDuty::Detector'],
  operations: ['guardduty:ListDetectors', detectorOperation, 'guardduty:GetAdministratorAccount'],
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
      (id) => detectorOf(context, id),
    );
  },
};
