import { describe, expect, test } from 'vitest';
import { coversAllPorts, coversPort, fromEverywhere, isProtocol, portsOf, sourceOf } from './open-ports.ts';

const rule = (protocol: string, fromPort: number, toPort: number) => ({
  protocol,
  fromPort,
  toPort,
  ipv4: null,
  ipv6: null,
});

describe('sources', () => {
  test.each([
    ['0.0.0.0/0', null, true],
    [null, '::/0', true],
    [null, '0:0:0:0:0:0:0:0/0', true],
    ['0.0.0.0/1', null, false],
    ['10.0.0.0/10', null, false],
    [null, '2000::/3', true],
    [null, '::/1', true],
    [null, '2000::/4', false],
    [null, '8000::/1', false],
    [null, 'fc00::/7', false],
    [null, '2001:db8::/32', false],
    [null, null, false],
  ])('%s %s is everywhere: %s', (ipv4, ipv6, everywhere) => {
    expect(fromEverywhere({ ipv4, ipv6 })).toBe(everywhere);
    expect(sourceOf({ ipv4, ipv6 })).toBe(ipv4 ?? ipv6 ?? 'elsewhere');
  });
});

describe('ports', () => {
  test.each([
    ['tcp', 20, 25, 'tcp', 22, true],
    ['tcp', 22, 22, 'udp', 22, false],
    ['17', 53, 53, 'udp', 53, true],
    ['6', 23, 25, 'tcp', 22, false],
    ['6', 20, 21, 'tcp', 22, false],
    ['-1', 0, 0, 'udp', 22, true],
    ['tcp', -1, -1, 'tcp', 22, true],
    ['icmp', -1, -1, 'tcp', 22, false],
    ['50', 0, 65535, 'tcp', 22, false],
  ] as const)('%s %d-%d covers %s %d: %s', (protocol, from, to, wanted, port, covered) => {
    expect(coversPort(rule(protocol, from, to), wanted, port)).toBe(covered);
  });

  test.each([
    ['-1', 0, 0, true],
    ['tcp', 0, 65535, true],
    ['udp', 1, 65535, true],
    ['tcp', -1, -1, true],
    ['tcp', 2, 65535, false],
    ['tcp', 0, 65534, false],
    ['icmp', -1, -1, false],
  ] as const)('%s %d-%d covers all ports: %s', (protocol, from, to, all) => {
    expect(coversAllPorts(rule(protocol, from, to))).toBe(all);
  });

  test.each([
    ['-1', 22, 22, 'all ports'],
    ['tcp', -1, -1, 'all ports'],
    ['tcp', 0, 0, 'port 0'],
    ['tcp', 22, 22, 'port 22'],
    ['tcp', 1, 65535, 'ports 1-65535'],
  ] as const)('%s %d-%d is written %s', (protocol, from, to, text) => {
    expect(portsOf(rule(protocol, from, to))).toBe(text);
  });

  test('protocols have names and numbers', () => {
    expect(isProtocol({ protocol: '6' }, 'tcp')).toBe(true);
    expect(isProtocol({ protocol: '6' }, 'udp')).toBe(false);
    expect(isProtocol({ protocol: 'udp' }, 'udp')).toBe(true);
  });
});
