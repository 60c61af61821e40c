import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError } from '../testing.ts';
import { collector } from './account-summary.ts';

const SummaryMap = { AccountAccessKeysPresent: 0, AccountMFAEnabled: 1, AccountPasswordPresent: 1, Users: 27 };
const answers: Answers = {
  'iam:GetAccountSummary': { SummaryMap },
  'iam:ListVirtualMFADevices': ({ input }) =>
    input['Marker'] === undefined
      ? {
          VirtualMFADevices: [
            {
              SerialNumber: 'arn:aws:iam::111122223333:mfa/alice',
              User: { Arn: 'arn:aws:iam::111122223333:user/alice' },
            },
          ],
          IsTruncated: true,
          Marker: 'second',
        }
      : {
          VirtualMFADevices: [
            { SerialNumber: 'arn:aws:iam::111122223333:mfa/phone', User: { Arn: 'arn:aws:iam::111122223333:root' } },
          ],
        },
};

keepsItsPromises('iam/account-summary', {
  collector,
  answers,
  parts: { 'iam:ListVirtualMFADevices': ['config.rootVirtualMfaDevices'] },
});

describe('iam/account-summary', () => {
  test('reads counts and the root user’s virtual devices from every page', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:iam::111122223333:account-summary',
        region: 'global',
        config: {
          rootAccessKeysPresent: false,
          rootMfaEnabled: true,
          rootPasswordPresent: true,
          users: 27,
          rootVirtualMfaDevices: ['arn:aws:iam::111122223333:mfa/phone'],
        },
      },
    ]);
    expect(context.calls[1]?.input['AssignmentStatus']).toBe('Assigned');
  });

  test('a device without a user is known by the name that the console gives it', async () => {
    const SerialNumber = 'arn:aws:iam::111122223333:mfa/root-account-mfa-device';
    const { resources } = await collected(collector, {
      ...answers,
      'iam:ListVirtualMFADevices': { VirtualMFADevices: [{ SerialNumber }] },
    });
    expect(resources).toMatchObject([{ config: { rootVirtualMfaDevices: [SerialNumber] } }]);
  });

  test('whether there is a root password is not known where AWS does not say', async () => {
    const { AccountPasswordPresent: _left, ...rest } = SummaryMap;
    const { resources } = await collected(collector, { ...answers, 'iam:GetAccountSummary': { SummaryMap: rest } });
    expect(resources).toMatchObject([{ config: { rootPasswordPresent: null } }]);
  });

  test.each(['AccountAccessKeysPresent', 'AccountMFAEnabled', 'Users'])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetAccountSummary': { SummaryMap: { ...SummaryMap, [name]: undefined } },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });
});
