import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refuse } from '../testing.ts';
import { collector } from './password-policy.ts';

const PasswordPolicy = {
  MinimumPasswordLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: true,
  ExpirePasswords: true,
  MaxPasswordAge: 90,
  PasswordReusePrevention: 24,
  HardExpiry: true,
};
const answers: Answers = { 'iam:GetAccountPasswordPolicy': { PasswordPolicy } };
const withPolicy = (more: object): Answers => ({
  'iam:GetAccountPasswordPolicy': { PasswordPolicy: { ...PasswordPolicy, ...more } },
});

keepsItsPromises('iam/password-policy', { collector, answers });

describe('iam/password-policy', () => {
  test('reads the policy', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:iam::111122223333:password-policy',
        config: {
          policy: {
            minimumLength: 14,
            requireSymbols: true,
            requireNumbers: true,
            requireUppercase: true,
            requireLowercase: false,
            allowUsersToChange: true,
            maxAgeDays: 90,
            reusePrevention: 24,
            hardExpiry: true,
          },
        },
      },
    ]);
  });

  test.each(['NoSuchEntityException', 'NoSuchEntity'])('an account without one says so with %s', async (name) => {
    const { resources } = await collected(collector, { 'iam:GetAccountPasswordPolicy': refuse(name) });
    expect(resources).toMatchObject([{ config: { policy: null } }]);
  });

  test('what was never set is left out by AWS', async () => {
    const { resources } = await collected(
      collector,
      withPolicy({
        ExpirePasswords: false,
        MaxPasswordAge: undefined,
        PasswordReusePrevention: undefined,
        HardExpiry: undefined,
      }),
    );
    expect(resources).toMatchObject([
      { config: { policy: { maxAgeDays: null, reusePrevention: null, hardExpiry: false } } },
    ]);
  });

  test.each(['MinimumPasswordLength', 'RequireSymbols', 'ExpirePasswords', 'MaxPasswordAge'])(
    '%s is not guessed',
    async (name) => {
      const { error } = await collectedUntilError(collector, withPolicy({ [name]: undefined }));
      expect(error).toMatchObject({ code: 'malformed-answer' });
    },
  );
});
