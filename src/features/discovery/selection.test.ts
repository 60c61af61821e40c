import { describe, expect, test } from 'vitest';
import { unread } from '../../domain/evidence.ts';
import { type AccountSelection, selectAccounts, undecidedAccounts } from './selection.ts';
import { account } from './testing.ts';

const denied = unread('organizations:ListTagsForResource', 'denied');
const accounts = [
  account('111122223333', { name: 'Management', ouPath: '/', ouIds: ['r-1'], tags: { env: 'core' } }),
  account('444455556666', {
    name: 'payments-prod',
    ouPath: '/Workloads/Production',
    ouIds: ['r-1', 'ou-w', 'ou-p'],
    tags: { env: 'prod', team: '' },
  }),
  account('777788889999', {
    name: 'payments-dev',
    ouPath: '/Workloads/Productions',
    ouIds: ['r-1', 'ou-w', 'ou-x'],
    tags: { env: 'dev' },
  }),
  account('123456789012', { name: 'lost', ouPath: '?', ouIds: [], tags: denied }),
];
const [management, prod, dev, lost] = accounts.map((one) => one.id);

describe('a selection', () => {
  const cases: [string, AccountSelection, (string | undefined)[]][] = [
    ['nothing asked for', {}, [management, prod, dev, lost]],
    ['empty lists ask for nothing', { accounts: [], units: [], tags: [] }, [management, prod, dev, lost]],
    ['an id', { accounts: ['444455556666'] }, [prod]],
    ['a name, whatever its case', { accounts: ['PAYMENTS-dev'] }, [dev]],
    ['an OU by id', { units: ['ou-p'] }, [prod]],
    ['an OU with what lies below it', { units: ['ou-w'] }, [prod, dev]],
    ['an OU by path, which is no prefix of another name', { units: ['/Workloads/Production'] }, [prod]],
    ['a path with other slashes and case', { units: ['workloads/production/'] }, [prod]],
    ['the root by id', { units: ['r-1'] }, [management, prod, dev]],
    ['the root by path', { units: ['/'] }, [management, prod, dev, lost]],
    ['a tag with its value', { tags: ['env=prod'] }, [prod]],
    ['a tag whatever its value', { tags: ['env'] }, [management, prod, dev]],
    ['a tag with an empty value', { tags: ['team='] }, [prod]],
    ['the name of a member of every object', { accounts: ['111122223333'], tags: ['constructor'] }, [management]],
    ['one of several kinds is enough', { accounts: ['lost'], units: ['ou-p'], tags: ['env=dev'] }, [prod, dev, lost]],
    ['exclusion wins', { units: ['ou-w'], excludeTags: ['env=dev'] }, [prod]],
    ['all but an OU', { excludeUnits: ['ou-w'] }, [management, lost]],
    ['all but an account', { excludeAccounts: ['lost', '111122223333'] }, [prod, dev]],
  ];
  test.each(cases)('%s', (_name, selection, expected) => {
    expect(selectAccounts(accounts, selection).map((one) => one.id)).toEqual(expected);
  });

  const mistakes: [AccountSelection, RegExp][] = [
    [{ accounts: ['444455556666', 'nobody'] }, /no account "nobody"/],
    [{ units: ['ou-nowhere'] }, /no account below an organisational unit "ou-nowhere"/],
    [{ tags: ['env=none'] }, /leaves no account/],
    [{ excludeUnits: ['/'] }, /leaves no account/],
  ];
  test.each(mistakes)('%j is refused with what to do', (selection, message) => {
    expect(() => selectAccounts(accounts, selection)).toThrow(message);
    expect(() => selectAccounts(accounts, selection)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('vedette accounts') }),
    );
  });
});

describe('an account whose place and tags are unread is undecided', () => {
  const cases: [AccountSelection, boolean][] = [
    [{}, false],
    [{ accounts: ['444455556666'] }, false],
    [{ excludeAccounts: ['444455556666'] }, false],
    [{ units: ['ou-w'] }, true],
    [{ excludeUnits: ['ou-w'] }, true],
    [{ tags: ['env'] }, true],
    [{ excludeTags: ['env'] }, true],
    [{ units: ['ou-w'], accounts: ['lost'] }, false],
    [{ excludeUnits: ['ou-w'], accounts: ['lost'] }, true],
    [{ excludeUnits: ['ou-w'], excludeAccounts: ['lost'] }, false],
  ];
  test.each(cases)('%j: %s', (selection, undecided) => {
    expect(undecidedAccounts(accounts, selection).map((one) => one.id)).toEqual(undecided ? [lost] : []);
  });
});
