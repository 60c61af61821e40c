// Amazon Macie: its session in a region and its administrator. Where it is not enabled there is no session.

import { GetAdministratorAccountCommand, GetMacieSessionCommand, Macie2Client } from '@aws-sdk/client-macie2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const operation = 'macie2:GetMacieSession';

/**
 * Macie says "Macie is not enabled." under the name AccessDeniedException; a refusal by a policy names the action instead
 * ("is not authorized to perform: macie2:GetMacieSession").
 * https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
 */
const notEnabled = (error: unknown): boolean =>
  ['AccessDeniedException', 'ResourceNotFoundException'].includes(errorName(error)) &&
  /macie is not enabled/i.test(error instanceof Error ? error.message : '');

async function readSession(context: CollectContext): Promise<AnyResource | undefined> {
  const client = context.client(Macie2Client);
  const options = { abortSignal: context.signal };
  let session;
  try {
    session = await client.send(new GetMacieSessionCommand({}), options);
  } catch (error) {
    if (notEnabled(error)) return undefined;
    throw error;
  }
  const parts = partsOf(context, []);
  const administratorAccount = await parts.optional(
    'macie2:GetAdministratorAccount',
    async () => {
      const answer = await client.send(new GetAdministratorAccountCommand({}), options);
      return textOrNull(answer.administrator?.accountId);
    },
    ['ResourceNotFoundException'],
  );
  return resourceOf(context, 'AWS::Macie::Session', {
    arn: settingArn(context, 'macie2', context.region, 'session'),
    name: 'Amazon Macie',
    tags: {},
    config: {
      status: membersOf(operation).oneOf(session.status, ['ENABLED', 'PAUSED'], 'status'),
      administratorAccount,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::Macie::Session'],
  operations: [operation, 'macie2:GetAdministratorAccount'],
  events: ['macie2:EnableMacie', 'macie2:DisableMacie', 'macie2:UpdateMacieSession'],
  async *collect(context) {
    const session = await readSession(context);
    yield { resources: session === undefined ? [] : [session] };
  },
  refresh: (context) => readSession(context),
};
