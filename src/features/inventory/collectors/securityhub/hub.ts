// Security Hub CSPM: the hub of a region, its standards and its administrator. Not subscribed means that there is no hub.

import {
  DescribeHubCommand,
  GetAdministratorAccountCommand,
  paginateGetEnabledStandards,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { errorName, membersOf, resourceOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { partsOf } from '../../parts.ts';

const hubOperation = 'securityhub:DescribeHub';

/**
 * AWS answers InvalidAccessException "not subscribed to AWS Security Hub" where it is not enabled, and
 * ResourceNotFoundException where there is no hub; a refusal is AccessDeniedException.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
 */
const notEnabled = (error: unknown): boolean =>
  errorName(error) === 'ResourceNotFoundException' ||
  (errorName(error) === 'InvalidAccessException' &&
    /not subscribed/i.test(error instanceof Error ? error.message : ''));

async function readHub(context: CollectContext): Promise<AnyResource | undefined> {
  const must = membersOf(hubOperation);
  const client = context.client(SecurityHubClient);
  const options = { abortSignal: context.signal };
  let hub;
  try {
    hub = await client.send(new DescribeHubCommand({}), options);
  } catch (error) {
    if (notEnabled(error)) return undefined;
    throw error;
  }
  const parts = partsOf(context, []);
  const enabledStandards = await parts.always('securityhub:GetEnabledStandards', async () => {
    const standards: string[] = [];
    for await (const page of paginateGetEnabledStandards({ client }, {}, options))
      for (const one of membersOf('securityhub:GetEnabledStandards')(
        page.StandardsSubscriptions,
        'StandardsSubscriptions',
      ))
        if (one.StandardsArn !== undefined) standards.push(one.StandardsArn);
    return standards.sort();
  });
  const administratorAccount = await parts.optional('securityhub:GetAdministratorAccount', async () => {
    const answer = await client.send(new GetAdministratorAccountCommand({}), options);
    return textOrNull(answer.Administrator?.AccountId);
  });
  return resourceOf(context, 'AWS::SecurityHub::Hub', {
    arn: must(hub.HubArn, 'HubArn'),
    name: 'default',
    tags: {},
    config: {
      subscribedAt: must(hub.SubscribedAt, 'SubscribedAt'),
      autoEnableControls: hub.AutoEnableControls ?? false,
      enabledStandards,
      administratorAccount,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SecurityHub::Hub'],
  operations: [hubOperation, 'securityhub:GetEnabledStandards', 'securityhub:GetAdministratorAccount'],
  events: [
    'securityhub:EnableSecurityHub',
    'securityhub:DisableSecurityHub',
    'securityhub:UpdateSecurityHubConfiguration',
    'securityhub:BatchEnableStandards',
    'securityhub:BatchDisableStandards',
  ],
  async *collect(context) {
    const hub = await readHub(context);
    yield { resources: hub === undefined ? [] : [hub] };
  },
  refresh: (context) => readHub(context),
};
