// The password policy of the account's IAM users.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html

import { GetAccountPasswordPolicyCommand, IAMClient, type PasswordPolicy } from '@aws-sdk/client-iam';
import type { Resource } from '../../../../domain/resource.ts';
import type { PasswordPolicyConfig } from '../../../../domain/resources/iam.ts';
import { errorName, membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';

const type = 'AWS::IAM::PasswordPolicy';

function policyOf(policy: PasswordPolicy): PasswordPolicyConfig['policy'] {
  const must = membersOf('iam:GetAccountPasswordPolicy');
  const expires = must(policy.ExpirePasswords, 'ExpirePasswords');
  return {
    minimumLength: must(policy.MinimumPasswordLength, 'MinimumPasswordLength'),
    requireSymbols: must(policy.RequireSymbols, 'RequireSymbols'),
    requireNumbers: must(policy.RequireNumbers, 'RequireNumbers'),
    requireUppercase: must(policy.RequireUppercaseCharacters, 'RequireUppercaseCharacters'),
    requireLowercase: must(policy.RequireLowercaseCharacters, 'RequireLowercaseCharacters'),
    allowUsersToChange: must(policy.AllowUsersToChangePassword, 'AllowUsersToChangePassword'),
    maxAgeDays: expires ? must(policy.MaxPasswordAge, 'MaxPasswordAge') : null,
    // AWS leaves out what was never set: no reuse is prevented, no expiry is hard.
    reusePrevention: policy.PasswordReusePrevention ?? null,
    hardExpiry: policy.HardExpiry ?? false,
  };
}

async function readPolicy(context: CollectContext): Promise<Resource<typeof type>> {
  const answer = await context
    .client(IAMClient)
    .send(new GetAccountPasswordPolicyCommand({}), { abortSignal: context.signal })
    .catch((error: unknown) => {
      if (['NoSuchEntityException', 'NoSuchEntity'].includes(errorName(error))) return null;
      throw error;
    });
  const must = membersOf('iam:GetAccountPasswordPolicy');
  return resourceOf(context, type, {
    arn: settingArn(context, 'iam', '', 'password-policy'),
    name: 'Password policy of the account',
    region: 'global',
    tags: {},
    config: { policy: answer === null ? null : policyOf(must(answer.PasswordPolicy, 'PasswordPolicy')) },
  });
}

export const collector: Collector = {
  scope: 'global',
  types: [type],
  operations: ['iam:GetAccountPasswordPolicy'],
  events: ['iam:UpdateAccountPasswordPolicy', 'iam:DeleteAccountPasswordPolicy'],
  async *collect(context) {
    yield { resources: [await readPolicy(context)] };
  },
  refresh: readPolicy,
};
