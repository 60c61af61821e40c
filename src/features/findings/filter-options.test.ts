import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Account } from '../../domain/account.ts';
import { UsageError } from '../../domain/errors.ts';
import { type FilterOptions, addFilterOptions, filterOf, filterWords } from './filter-options.ts';

const accounts = [
  { id: '111122223333', name: 'payments-prod', ouPath: '/', ouIds: [], tags: {} },
  { id: '444455556666', name: 'sandbox', ouPath: '/', ouIds: [], tags: {} },
] as unknown as readonly Account[];

function parsed(...words: string[]): FilterOptions {
  const command = addFilterOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(words, { from: 'user' }).opts<FilterOptions>();
}
const filter = (...words: string[]) => filterOf(parsed(...words), accounts);

test.each([
  [[], { states: ['new', 'open', 'reopened'] }],
  [['--severity', 'Critical,high', '--severity', 'low'], { severities: ['critical', 'high', 'low'] }],
  [['--state', 'muted'], { states: ['muted'] }],
  [['--account', 'Payments-Prod'], { accounts: ['111122223333'] }],
  [['--account', '444455556666,payments-prod'], { accounts: ['111122223333', '444455556666'] }],
  [['--check', 'root-account-mfa-enabled'], { checks: ['iam-root-mfa-enabled'] }],
  [['--region', 'eu-west-1,global'], { regions: ['eu-west-1', 'global'] }],
  [['--resource', 'arn:a', '--text', 'a b'], { resource: 'arn:a', text: 'a b' }],
])('%j', (words, expected) => {
  expect(filter(...words)).toEqual({ states: ['new', 'open', 'reopened'], ...expected });
});

test.each([
  [['--severity', 'severe'], 'is not one of critical'],
  [['--state', 'closed'], 'is not one of new'],
  [['--account', 'payment-prod'], 'Did you mean payments-prod?'],
  [['--region', 'eu-wset-1'], 'eu-west-1'],
  [['--region', 'nowhere'], '--region: there is no region'],
  [['--check', 'iam-root-mfa-enabld'], 'iam-root-mfa-enabled'],
])('%j is wrong usage', (words, said) => {
  const refused = (): unknown => {
    try {
      return filter(...words);
    } catch (error) {
      return error;
    }
  };
  const error = refused() as UsageError;
  expect(error).toBeInstanceOf(UsageError);
  expect(`${error.message} ${error.hint}`).toContain(said);
});

test('says in words what narrows, as it was typed', () => {
  expect(filterWords(parsed())).toEqual([]);
  expect(
    filterWords(parsed('--severity', 'critical,high', '--check', 'S3.5', '--text', 'x', '--resource', 'r')),
  ).toEqual(['severity critical or high', 'check S3.5', 'resource r', 'text "x"']);
});
