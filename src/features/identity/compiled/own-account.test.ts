import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownAccount, withAccount, withoutAccount } from './own-account.ts';

const account = '111122223333';
const policyOf = (id: string): string =>
  `{"Resource":["arn:aws:iam::${id}:role/x","arn:aws:s3:::logs-${id}/*"],"a":${id}}`;

test('two accounts with the same policy get the same text', () => {
  const first = withoutAccount(policyOf(account), account);
  expect(first.abstracted).toBe(true);
  expect(withoutAccount(policyOf('444455556666'), '444455556666').text).toBe(first.text);
  expect(withAccount(first.text, '444455556666')).toBe(policyOf('444455556666'));
});

test.each([
  ['a foreign account', '{"AWS":"arn:aws:iam::444455556666:root"}'],
  ['the stand-in itself', `{"a":"${account}","b":"${ownAccount}"}`],
  ['digits that belong to an escape', `{"a":"\\u${account}"}`],
  ['digits of a number without precision', `{"a":${account}12345678}`],
])('%s stays as it is', (_, text) => {
  expect(withoutAccount(text, account)).toEqual({ text, abstracted: false });
});

test('the replacement is reversed exactly, also after parsing', () => {
  const pieces = fc.constantFrom(account, ownAccount, '1', '9', '999999', '111122', ':', 'a', '\\u', '\\', '"');
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
      (piece) => {
        const text = JSON.stringify({ value: piece });
        const { text: abstract, abstracted } = withoutAccount(text, account);
        const parsed = JSON.parse(abstract) as { value: string };
        expect(abstracted ? withAccount(parsed.value, account) : parsed.value).toBe(piece);
      },
    ),
    { numRuns: 2000 },
  );
});
