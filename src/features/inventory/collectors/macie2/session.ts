// Amazon Macie: its session in a region and its administrator. Where it is not enabled there is no session.

import {
  GetAdministratorAccountCommand,
  GetMacieSessionCommand,
  type GetMacieSessionResponse,
  Macie2Client,
} from '@aws-sdk/client-macie2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const operation = 'macie2:GetMacieSession';
const administratorOperation = 'macie2:GetAdministratorAccount';

/**
 * Macie says "Macie is not enabled." under the name AccessDeniedException; a refusal by a policy names the action instead
 * ("is not authorized to perform: macie2:GetMacieSession").
 * https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
 */
const isNotEnabled = (error: unknown): boolean =>
  errorName(error) === 'AccessDeniedException' && error instanceof Error && /macie is not enabled/i.test(error.message);

async function getSession(context: CollectContext): Promise<GetMacieSessionResponse | undefined> {
  try {
    const client = context.client(Macie2Client);
    return await client.send(new GetMacieSessionCommand({}), { abortSignal: context.signal });
  } catch (error) {
    if (isNotEnabled(error)) return undefined;
    throw error;
  }
}

async function readSession(context: CollectContext): Promise<AnyResource | undefined> {
  const session = await getSession(context);
  if (session === undefined) return undefined;
  const status = membersOf(operation).oneOf(session.status, ['ENABLED', 'PAUSED'], 'status');
  const parts = partsOf(context, isNotEnabled);
  const administratorAccount = await parts.optional(administratorOperation, async () => {
    const command = new GetAdministratorAccountCommand({});
    const answer = await context.client(Macie2Client).send(command, { abortSignal: context.signal });
    return textOrNull(answer.administrator?.accountId);
  }, ['ResourceNotFoundException']);
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::Macie::Session', {
    arn: settingArn(context, 'macie2', context.region, 'session'),
    name: 'Amazon Macie',
    tags: {},
    config: { status, administratorAccount },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::Macie::Session'],
  operations: [operation, administratorOperation],
  events: ['macie2:EnableMacie', 'macie2:DisableMacie', 'macie2:UpdateMacieSession'],
  async *collect(context) {
    const session = await readSession(context);
    yield { resources: session === undefined ? [] : [session] };
  },
  refresh: readSession,
};
