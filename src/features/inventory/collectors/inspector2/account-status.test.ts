import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refuse } from '../testing.ts';
import { collector } from './account-status.ts';

const state = (status: string): object => ({ status, errorCode: 'ALREADY_ENABLED', errorMessage: '' });
const account = (more: object = {}): object => ({
  accountId: '111122223333',
  state: state('ENABLED'),
  resourceState: { ec2: state('ENABLED'), ecr: state('DISABLED'), lambda: state('ENABLING'), lambdaCode: undefined },
  ...more,
});

const answers: Answers = {
  'inspector2:BatchGetAccountStatus': { accounts: [account()] },
  'inspector2:GetDelegatedAdminAccount': {
    delegatedAdmin: { accountId: '444455556666', relationshipStatus: 'ENABLED' },
  },
};

const withAccounts = (more: object): Answers => ({ ...answers, 'inspector2:BatchGetAccountStatus': more });

keepsItsPromises('inspector2/account-status', {
  collector,
  answers,
  parts: { 'inspector2:GetDelegatedAdminAccount': ['config.administratorAccount'] },
});

describe('inspector2/account-status', () => {
  test('reads the status of the account and of each kind of resource', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:inspector2:eu-west-1:111122223333:account-status',
        config: { status: 'ENABLED', administratorAccount: '444455556666' },
      },
    ]);
    expect(resources[0]?.config).toHaveProperty('resourceStatus', {
      ec2: 'ENABLED',
      ecr: 'DISABLED',
      lambda: 'ENABLING',
    });
    expect(context.calls[0]?.input).toEqual({ accountIds: ['111122223333'] });
  });

  test.each([
    ['nobody', refuse('ResourceNotFoundException')],
    ['this account', { delegatedAdmin: { accountId: '111122223333' } }],
  ])('administered by %s means by no other account', async (_name, answer) => {
    const { resources } = await collected(collector, { ...answers, 'inspector2:GetDelegatedAdminAccount': answer });
    expect(resources).toMatchObject([{ config: { administratorAccount: null } }]);
  });

  test('a refusal inside the answer is a refusal', async () => {
    const { error } = await collectedUntilError(
      collector,
      withAccounts({
        accounts: [],
        failedAccounts: [{ accountId: '111122223333', errorCode: 'ACCESS_DENIED', errorMessage: 'no' }],
      }),
    );
    expect(error).toMatchObject({ name: 'AccessDeniedException', message: 'no' });
  });

  test.each([
    ['another account', { accounts: [account({ accountId: '444455556666' })] }],
    ['no state', { accounts: [account({ state: undefined })] }],
    ['no resources', { accounts: [account({ resourceState: undefined })] }],
    ['a resource without status', { accounts: [account({ resourceState: { ec2: {} } })] }],
  ])('%s is not believed', async (_name, answer) => {
    const { error } = await collectedUntilError(collector, withAccounts(answer));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });
});
