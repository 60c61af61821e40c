import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownAccount, withAccount, withoutAccount } from './own-account.ts';

const account = '111122223333';

test('two accounts with the same policy get the same text', () => {
  const policy = (id: string): string => `{"Resource":["arn:aws:iam::${id}:role/x","arn:aws:s3:::logs-${id}/*"]}`;
  const first = withoutAccount(policy(account), account);
  expect(first.abstracted).toBe(true);
  expect(withoutAccount(policy('444455556666'), '444455556666').text).toBe(first.text);
  expect(withAccount(first.text, '444455556666')).toBe(policy('444455556666'));
});

test('a foreign account stays', () => {
  const text = '{"AWS":"arn:aws:iam::444455556666:root"}';
  expect(withoutAccount(text, account)).toEqual({ text, abstracted: false });
});

test('what cannot be reversed is left alone', () => {
  const pieces = fc.constantFrom(account, ownAccount, '1', '0', '000000', '111122', ':', 'a');
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
      (text) => {
        const { text: abstract, abstracted } = withoutAccount(text, account);
        expect(abstracted ? withAccount(abstract, account) : abstract).toBe(text);
      },
    ),
    { numRuns: 2000 },
  );
});
