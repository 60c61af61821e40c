import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessKeyIdOf, accountOfAccessKeyId, sessionOfToken, sessionTokenOf } from './access-keys.ts';
import { page } from './pages.ts';
import { base62, hex, randomOf, uuid } from './random.ts';
import { Refusal } from './refusal.ts';

const accountId = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => String(number).padStart(12, '0'));
const runs = { numRuns: 200, seed: 20_261_120 };

describe('access keys', () => {
  test('carry their account', () => {
    fc.assert(
      fc.property(accountId, fc.nat(), (account, salt) => {
        const id = accessKeyIdOf(account, 'ASIA', salt);
        expect(id).toMatch(/^ASIA[A-Z2-7]{16}$/);
        expect(accountOfAccessKeyId(id)).toBe(account);
      }),
      runs,
    );
  });

  test('carry it where AWS’s own do', () => {
    // The example key of AWS's documentation is not a real one; its account bits are read all the same.
    expect(accountOfAccessKeyId('AKIAIOSFODNN7EXAMPLE')).toMatch(/^\d{12}$/);
    expect(accountOfAccessKeyId('test')).toBeUndefined();
  });

  test('come with tokens that hold the session', () => {
    fc.assert(
      fc.property(accountId, fc.string(), fc.string(), fc.nat(), (account, role, name, expiresAt) => {
        const session = { account, role, name, expiresAt };
        expect(sessionOfToken(sessionTokenOf(session))).toEqual(session);
      }),
      runs,
    );
  });

  test.each([undefined, '', 'FwoGZXIvYXdz', 'SIMULATED.', 'SIMULATED.bm90IGpzb24', 'SIMULATED.WzEsMiwzXQ'])(
    'are not read from the token %s',
    (token) => {
      expect(sessionOfToken(token)).toBeUndefined();
    },
  );
});

describe('pages', () => {
  test('hold every item once, in order, whatever their size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (list, size) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const { items, next } = page(list, token, size, 1000);
          seen.push(...items);
          token = next;
        } while (token !== undefined);
        expect(seen).toEqual(list);
      }),
      runs,
    );
  });

  test('are no larger than the service allows', () => {
    const list = Array.from({ length: 50 }, (_, index) => index);
    expect(page(list, undefined, 100, 20).items).toHaveLength(20);
    expect(page(list, undefined, undefined, 20).items).toHaveLength(20);
  });

  test('are refused for a token that the service did not give', () => {
    expect(() => page([1], 'guess', 1, 1, 'InvalidNextToken')).toThrow(Refusal);
  });
});

/** Ten numbers of one stream. */
function draw(...labels: string[]): number[] {
  const random = randomOf(...labels);
  return Array.from({ length: 10 }, () => random.int(1000));
}

describe('chance', () => {
  test('falls the same way for the same labels', () => {
    expect(draw('a', 'b')).toEqual(draw('a', 'b'));
    expect(draw('a', 'b')).not.toEqual(draw('a', 'c'));
  });

  test('stays within its bounds, and takes as many as asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), fc.nat(60), (label, low, wanted) => {
        const random = randomOf(label);
        const drawn = random.between(low, low + 5);
        expect(drawn >= low && drawn <= low + 5).toBe(true);
        const list = Array.from({ length: 30 }, (_, index) => index);
        const sample = random.sample(list, wanted);
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(sample).toHaveLength(Math.min(wanted, 30));
      }),
      runs,
    );
  });

  test('makes identifiers of the right form', () => {
    expect(hex(17, 'x')).toMatch(/^[0-9a-f]{17}$/);
    expect(base62(40, 'x')).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(uuid('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const many = Array.from({ length: 5000 }, (_, index) => hex(16, 'seed', index));
    expect(new Set(many).size).toBe(5000);
  });
});
