import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReversible, ownAccount, withAccount, withoutAccount } from './own-account.ts';

const account = '111122223333';
const policyOf = (id: string): string =>
  `{"Resource":["arn:aws:iam::${id}:role/x","arn:aws:s3:::logs-${id}/*"],"a":${id}}`;

test('two accounts with the same policy get the same text', () => {
  const first = withoutAccount(policyOf(account), account) ?? '';
  expect(isReversible(first)).toBe(true);
  expect(withoutAccount(policyOf('444455556666'), '444455556666')).toBe(first);
  expect(withAccount(first, '444455556666')).toBe(policyOf('444455556666'));
});

test.each([
  ['a foreign account', '{"AWS":"arn:aws:iam::444455556666:root"}'],
  ['the stand-in itself', `{"a":"${account}","b":"${ownAccount}"}`],
])('%s stays as it is', (_, text) => {
  expect(withoutAccount(text, account)).toBeUndefined();
});

test.each([
  ['digits that belong to an escape', `{"a":"\\u${account}"}`],
  ['digits of a longer number', `{"a":${account}12345678}`],
  ['digits that join the stand-in', `{"a":"9${account}"}`],
])('%s cannot be taken out safely', (_, text) => {
  expect(isReversible(withoutAccount(text, account) ?? '')).toBe(false);
});

test('the replacement is reversed exactly, also after parsing', () => {
  const pieces = fc.constantFrom(account, ownAccount, '1', '9', '999999', '111122', ':', 'a', '\\u', '\\', '"');
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
      (piece) => {
        const text = withoutAccount(JSON.stringify({ value: piece }), account);
        fc.pre(text !== undefined && isReversible(text));
        const parsed = JSON.parse(text ?? '') as { value: string };
        expect(withAccount(parsed.value, account)).toBe(piece);
      },
    ),
    { numRuns: 1000 },
  );
});
