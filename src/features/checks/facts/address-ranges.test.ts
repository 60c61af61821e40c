import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, everyAddress } from './address-ranges.ts';

/** The address of a number in the usual notation. */
const text = (start: number): string => [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.');

describe('ranges that hold every address', () => {
  test.each<[string, readonly string[], boolean]>([
    ['0.0.0.0/0', ['0.0.0.0/0'], true],
    ['0.0.0.0/0', ['128.0.0.0/1', '0.0.0.0/1'], true],
    ['0.0.0.0/0', ['0.0.0.0/1', '0.0.0.0/1'], false],
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/2'], true],
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'], false],
    ['0.0.0.0/0', ['0.0.0.0/1', '64.0.0.0/2', '128.0.0.0/1'], true],
    ['0.0.0.0/0', ['::/1', '8000::/1'], false],
    ['::/0', ['::/1', '8000::/1'], true],
    ['::/0', ['0:0:0:0:0:0:0:0/1', '8000:0:0:0:0:0:0:0/1'], true],
    ['::/0', ['::/1', '2001:db8::/32'], false],
    ['::/0', ['0.0.0.0/1', '128.0.0.0/1'], false],
    ['10.0.0.0/8', ['10.0.0.0/9', '10.128.0.0/9'], true],
    ['10.0.0.0/8', ['11.0.0.0/8'], false],
    ['10.0.0.0/8', ['8.0.0.0/7', '10.0.0.0/7'], true],
    ['10.0.0.1/32', ['10.0.0.0/31'], true],
    ['2001:db8::/32', ['2001:db8::/33', '2001:db8:8000::/33'], true],
    ['0.0.0.0/0', [], false],
  ])('%s in %j: %s', (target, ranges, expected) => {
    expect(covers(ranges, target)).toBe(expected);
  });

  test.each(['', '/0', '10.0.0.0', '10.0.0/8', '256.0.0.0/8', '10.0.0.0/33', '1::2::3/8', ':::/0', 'g::/8', '1:2:3/0'])(
    '%s is no range',
    (range) => {
      expect(covers([range], range)).toBe(false);
      expect(covers(['0.0.0.0/0', '::/0'], range)).toBe(false);
    },
  );
});

describe('whatever the text', () => {
  test('it is a range or none, and a range holds itself', () => {
    const range = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), fc.nat(140)).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(range), range, (ranges, target) => {
        const world = target.includes(':') ? everyAddress.ipv6 : everyAddress.ipv4;
        const isRange = covers([world], target);
        expect(covers([...ranges, target], target)).toBe(isRange);
        expect(covers(ranges, target) && !isRange).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('the two halves of a range hold it, and one of them does not', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 31 }), (address, prefix) => {
        const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        const size = 2 ** (32 - prefix);
        const first = number - (number % size);
        const halves = [first + size / 2, first].map((start) => `${text(start)}/${prefix + 1}`);
        expect(covers(halves, `${address}/${prefix}`)).toBe(true);
        expect(covers(halves.slice(1), `${address}/${prefix}`)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
