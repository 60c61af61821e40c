import { expect, test } from 'vitest';
import type { PortRule } from './open-ports.ts';
import { openedTogether } from './opened-together.ts';

const low = { ipv4: '0.0.0.0/1', ipv6: null };
const high = { ipv4: '128.0.0.0/1', ipv6: null };
const lowIpv6 = { ipv4: null, ipv6: '2000::/4' };
const highIpv6 = { ipv4: null, ipv6: '3000::/4' };
const rule = (source: Pick<PortRule, 'ipv4' | 'ipv6'>, protocol: string, fromPort: number, toPort: number) => ({
  protocol,
  fromPort,
  toPort,
  ...source,
});

test.each<[string, readonly PortRule[], readonly string[]]>([
  ['nothing', [], []],
  ['everything by one rule', [rule({ ipv4: '0.0.0.0/0', ipv6: null }, 'tcp', 22, 22)], []],
  ['one half', [rule(low, 'tcp', 22, 22)], []],
  ['both halves', [rule(low, 'tcp', 22, 22), rule(high, '6', 22, 22)], ['tcp 22-22 by 2']],
  ['halves by different protocols', [rule(low, 'tcp', 22, 22), rule(high, 'udp', 22, 22)], []],
  ['halves of ICMP', [rule(low, 'icmp', -1, -1), rule(high, 'icmp', -1, -1)], []],
  ['ranges that meet', [rule(low, 'tcp', 20, 25), rule(high, 'tcp', 22, 80)], ['tcp 22-25 by 2']],
  [
    'a range that is met twice',
    [rule(low, 'tcp', 20, 80), rule(high, 'tcp', 22, 22), rule(high, 'tcp', 23, 25), rule(high, 'tcp', 70, 90)],
    ['tcp 22-25 by 3', 'tcp 70-80 by 2'],
  ],
  [
    'one half of all protocols',
    [rule(low, '-1', -1, -1), rule(high, 'tcp', -1, -1), rule(high, 'udp', 53, 53)],
    ['tcp 0-65535 by 2', 'udp 53-53 by 2'],
  ],
  ['all protocols', [rule(low, '-1', -1, -1), rule(high, '-1', -1, -1)], ['-1 -1--1 by 2']],
])('%s', (_name, rules, expected) => {
  const found = openedTogether(rules);
  expect(found.map((one) => `${one.protocol} ${one.fromPort}-${one.toPort} by ${one.rules.length}`)).toEqual(expected);
  for (const one of found) expect(one).toMatchObject({ ipv4: '0.0.0.0/0', ipv6: null });
});

test('the halves of the internet of IPv6', () => {
  const found = openedTogether([rule(lowIpv6, 'tcp', 22, 22), rule(highIpv6, 'tcp', 22, 22)]);
  expect(found).toMatchObject([{ protocol: 'tcp', fromPort: 22, toPort: 22, ipv4: null, ipv6: '2000::/3' }]);
  expect(openedTogether([rule(lowIpv6, 'tcp', 22, 22)])).toEqual([]);
});
