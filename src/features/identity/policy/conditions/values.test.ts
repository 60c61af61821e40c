import { describe, expect, test } from 'vitest';
import { parseDate } from './date.ts';
import { contains, parseIpRange } from './ip-address.ts';
import { parseNumber } from './numeric.ts';

describe('dates', () => {
  test.each([
    ['1970', 0],
    ['1970-02', 31 * 86_400_000],
    ['1970-01-02', 86_400_000],
    ['1970-01-01T00:01Z', 60_000],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T00:00:00.25Z', 250],
    ['1970-01-01T00:00:01', 1000],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T01:30:00+0130', 0],
    ['1969-12-31T22:30:00-01:30', 0],
    ['0', 0],
    ['10000', 10_000_000],
    ['1767225600', Date.UTC(2026, 0, 1)],
    ['1.5', 1500],
    ['-1', -1000],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  test.each([
    '',
    'today',
    '2026-13-01',
    '2026-02-30',
    '2026-01-32',
    '2026-01-00',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01 00:00:00',
    '2026-1-1',
    '20260101T000000Z',
    '1e3',
    '2026-01-01T00:00:00*',
    '1234567890123456',
  ])('%j is no date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('numbers', () => {
  test.each([
    ['10', 10],
    ['-1', -1],
    ['+1', 1],
    ['010', 10],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
  ])('%s', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });
  test.each(['', ' 1', '1 ', 'ten', '0x10', '1,000', 'Infinity', 'NaN', '.', '1e', '--1'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text)).toBeUndefined();
    },
  );
});

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

describe('addresses and ranges', () => {
  test.each([
    ['203.0.113.7', [203, 0, 113, 7], 32],
    ['203.0.113.0/24', [203, 0, 113, 0], 24],
    ['0.0.0.0/0', [0, 0, 0, 0], 0],
    ['255.255.255.255/32', [255, 255, 255, 255], 32],
    ['::', zeros(16), 128],
    ['::1', [...zeros(15), 1], 128],
    ['2001:db8::/32', [0x20, 0x01, 0x0d, 0xb8, ...zeros(12)], 32],
    ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8], 128],
    ['1:2:3:4:5:6:7::', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0], 128],
    ['ABCD::FFff', [0xab, 0xcd, ...zeros(12), 0xff, 0xff], 128],
    ['::ffff:203.0.113.7', [...zeros(10), 255, 255, 203, 0, 113, 7], 128],
    ['64:ff9b::1.2.3.4/96', [0, 0x64, 0xff, 0x9b, ...zeros(8), 1, 2, 3, 4], 96],
  ])('%s', (text, bytes, prefix) => {
    expect(parseIpRange(text)).toEqual({ bytes, prefix });
  });

  test.each([
    '',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7.1',
    '203.0.113.-1',
    '203.0.113.0/33',
    '203.0.113.0/',
    '203.0.113.0/24/1',
    '203.0.113.0/a',
    '2001:db8::/129',
    '1:2:3',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'g::',
    ':::',
    '::256.1.1.1',
    '1:2:3:4:5:6:7:8::',
    'localhost',
    '203.0.113.*',
  ])('%j is none', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });

  test.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.112.255', false],
    ['203.0.113.128/25', '203.0.113.127', false],
    ['203.0.113.128/25', '203.0.113.128', true],
    ['10.0.0.0/8', '10.200.0.0/16', true],
    ['10.200.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['0.0.0.0/0', '255.1.2.3', true],
    ['0.0.0.0/1', '128.0.0.0', false],
    ['203.0.113.7', '203.0.113.6', false],
    ['::/0', '203.0.113.7', false],
    ['2001:db8::/31', '2001:db9::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:db8::1', true],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    const [range, address] = [parseIpRange(outer), parseIpRange(inner)];
    expect(range !== undefined && address !== undefined && contains(range, address)).toBe(expected);
  });
});
