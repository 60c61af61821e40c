// Whether the account has a contact for security. Who that is does not matter here and is not kept.
// https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html

import { AccountClient, GetAlternateContactCommand } from '@aws-sdk/client-account';
import type { Resource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';

const type = 'AWS::Account::AlternateContact';

async function hasSecurityContact(context: CollectContext): Promise<boolean> {
  try {
    const command = new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' });
    const answer = await context.client(AccountClient).send(command, { abortSignal: context.signal });
    membersOf('account:GetAlternateContact')(answer.AlternateContact, 'AlternateContact');
    return true;
  } catch (error) {
    if (errorName(error) === 'ResourceNotFoundException') return false;
    throw error;
  }
}

async function readContact(context: CollectContext): Promise<Resource<typeof type>> {
  return resourceOf(context, type, {
    arn: settingArn(context, 'account', '', 'alternate-contact'),
    name: 'Alternate contacts of the account',
    region: 'global',
    tags: {},
    config: { security: await hasSecurityContact(context) },
  });
}

export const collector: Collector = {
  scope: 'global',
  types: [type],
  operations: ['account:GetAlternateContact'],
  events: ['account:PutAlternateContact', 'account:DeleteAlternateContact'],
  async *collect(context) {
    yield { resources: [await readContact(context)] };
  },
  refresh: readContact,
};
