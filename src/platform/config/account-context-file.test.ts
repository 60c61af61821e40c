import { describe, expect, test } from 'vitest';
import { parseAccountContext } from './account-context-file.ts';

describe('account context file', () => {
  test('gives context by account id', () => {
    const text = '"111122223333":\n  owner: payments\n  criticality: high\n012345678901: {environment: test}\n';
    expect([...parseAccountContext(text, 'a.yaml')]).toEqual([
      ['111122223333', { owner: 'payments', criticality: 'high' }],
      ['012345678901', { environment: 'test' }],
    ]);
  });

  test.each([
    ['payments: {owner: x}\n', 'a.yaml, line 1, payments: a key must be an account id'],
    ['111122223333:\n  ownr: x\n', 'a.yaml, line 2, 111122223333.ownr: there is no such key'],
    ['111122223333: x\n', 'a.yaml, line 1, 111122223333'],
  ])('%j is refused', (text, message) => {
    expect(() => parseAccountContext(text, 'a.yaml')).toThrow(message);
  });
});
