// Security Hub CSPM: the hub of a region, its standards and its administrator. Not subscribed means that there is no hub.

import {
  DescribeHubCommand,
  type DescribeHubResponse,
  GetAdministratorAccountCommand,
  ListTagsForResourceCommand,
  paginateGetEnabledStandards,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const hubOperation = 'securityhub:DescribeHub';
const standardsOperation = 'securityhub:GetEnabledStandards';
const administratorOperation = 'securityhub:GetAdministratorAccount';
const tagsOperation = 'securityhub:ListTagsForResource';

/**
 * AWS answers InvalidAccessException "Account … is not subscribed to AWS Security Hub" where it is not enabled, and
 * ResourceNotFoundException where there is no hub. InvalidAccessException with any other words is a refusal.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
 */
const isNotEnabled = (error: unknown): boolean =>
  errorName(error) === 'ResourceNotFoundException' ||
  (errorName(error) === 'InvalidAccessException' &&
    error instanceof Error &&
    /is not subscribed to AWS Security Hub/i.test(error.message));

async function describeHub(context: CollectContext): Promise<DescribeHubResponse | undefined> {
  try {
    const client = context.client(SecurityHubClient);
    return await client.send(new DescribeHubCommand({}), { abortSignal: context.signal });
  } catch (error) {
    if (isNotEnabled(error)) return undefined;
    throw error;
  }
}

async function readStandards(context: CollectContext): Promise<string[]> {
  const must = membersOf(standardsOperation);
  const standards: string[] = [];
  const client = context.client(SecurityHubClient);
  for await (const page of paginateGetEnabledStandards({ client }, {}, { abortSignal: context.signal }))
    for (const one of must(page.StandardsSubscriptions, 'StandardsSubscriptions'))
      standards.push(must(one.StandardsArn, 'StandardsArn'));
  return standards.sort();
}

async function readHub(context: CollectContext): Promise<AnyResource | undefined> {
  const hub = await describeHub(context);
  if (hub === undefined) return undefined;
  const must = membersOf(hubOperation);
  const arn = must(hub.HubArn, 'HubArn');
  const client = context.client(SecurityHubClient);
  const options = { abortSignal: context.signal };
  const parts = partsOf(context, isNotEnabled);
  const enabledStandards = await parts.always(standardsOperation, () => readStandards(context));
  // A hub that stands alone or administers others has no administrator: the answer lacks the member.
  const administratorAccount = await parts.optional(administratorOperation, async () => {
    const answer = await client.send(new GetAdministratorAccountCommand({}), options);
    return textOrNull(answer.Administrator?.AccountId);
  });
  const tags = await parts.always(tagsOperation, async () => {
    const answer = await client.send(new ListTagsForResourceCommand({ ResourceArn: arn }), options);
    return membersOf(tagsOperation)(answer.Tags, 'Tags');
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SecurityHub::Hub', {
    arn,
    name: 'default',
    tags,
    config: {
      subscribedAt: must(hub.SubscribedAt, 'SubscribedAt'),
      autoEnableControls: must(hub.AutoEnableControls, 'AutoEnableControls'),
      enabledStandards,
      administratorAccount,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SecurityHub::Hub'],
  operations: [hubOperation, standardsOperation, administratorOperation, tagsOperation],
  events: [
    'securityhub:EnableSecurityHub',
    'securityhub:DisableSecurityHub',
    'securityhub:UpdateSecurityHubConfiguration',
    'securityhub:BatchEnableStandards',
    'securityhub:BatchDisableStandards',
    'securityhub:AcceptAdministratorInvitation',
    'securityhub:DisassociateFromAdministratorAccount',
  ],
  async *collect(context) {
    const hub = await readHub(context);
    yield { resources: hub === undefined ? [] : [hub] };
  },
  refresh: readHub,
};
