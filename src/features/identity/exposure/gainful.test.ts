import { expect, test } from 'vitest';
import { all, any, not, test as keyTest } from '../policy/truth.ts';
import type { Truth } from '../policy/truth.ts';
import { gainUnder } from './gainful.ts';

const arn = 'arn:aws:iam::111122223333:policy/limit';
const on = (operator: string, value = arn) => keyTest('iam:PermissionsBoundary', 'attacker-chosen', operator, [value]);
const mfa = keyTest('aws:MultiFactorAuthPresent', 'environment', 'Bool', ['true']);

/** What a conditional answer gives. */
function gain(condition: Truth): string | undefined {
  if (typeof condition === 'boolean') throw new Error('The answer is not conditional.');
  return gainUnder('conditional', condition);
}

test('what is allowed is a gain without condition, what is denied none', () => {
  expect(gainUnder('allowed', undefined)).toBe('');
  expect(gainUnder('implicit-deny', undefined)).toBeUndefined();
  expect(gain(mfa)).toBe(mfa.text);
});

test('with a given boundary in place alone there is nothing to gain, by an Allow or by a Deny of all others', () => {
  expect(gain(on('StringEquals'))).toBeUndefined();
  expect(gain(all([mfa, on('ArnEquals')]))).toBeUndefined();
  expect(gain(not(on('StringNotEquals')))).toBeUndefined();
});

test('a boundary that is denied leaves every other, and any boundary at all is no limit', () => {
  expect(gain(not(on('StringEquals')))).toContain('iam:PermissionsBoundary');
  expect(gain(on('StringLike', '*'))).toContain('iam:PermissionsBoundary');
  expect(gain(any([on('StringEquals'), mfa]))).toBe(mfa.text);
});
