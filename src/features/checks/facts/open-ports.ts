// Which ports a rule of a security group or network ACL opens, and whether to everybody.

import { covers, internet } from './address-ranges.ts';

/** What rules of security groups and entries of network ACLs have in common. */
export interface PortRule {
  /** `-1` for all, `tcp`, `udp`, or a protocol number. */
  protocol: string;
  fromPort: number;
  toPort: number;
  ipv4: string | null;
  ipv6: string | null;
}

const protocolNumbers: Readonly<Record<string, string>> = { tcp: '6', udp: '17' };

/** True when the source is the whole internet: every IPv4 address, or every IPv6 address that is routed. */
export function fromEverywhere({ ipv4, ipv6 }: Pick<PortRule, 'ipv4' | 'ipv6'>): boolean {
  return covers([ipv4 ?? ''], internet.ipv4) || covers([ipv6 ?? ''], internet.ipv6);
}

/** The source as people write it: `0.0.0.0/0` or `::/0`. */
export function sourceOf(rule: Pick<PortRule, 'ipv4' | 'ipv6'>): string {
  return rule.ipv4 ?? rule.ipv6 ?? 'elsewhere';
}

/**
 * True when the rule covers the port. Protocol -1 covers all ports of all protocols, and so does a port range of -1.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export function coversPort(rule: PortRule, protocol: 'tcp' | 'udp', port: number): boolean {
  if (rule.protocol === '-1') return true;
  if (!isProtocol(rule, protocol)) return false;
  if (rule.fromPort === -1) return true;
  return rule.fromPort <= port && port <= rule.toPort;
}

/** True when the rule covers every port of every protocol, or every port of TCP or UDP. */
export function coversAllPorts(rule: PortRule): boolean {
  if (rule.protocol === '-1') return true;
  if (!isProtocol(rule, 'tcp') && !isProtocol(rule, 'udp')) return false;
  return rule.fromPort === -1 || (rule.fromPort <= 1 && rule.toPort === 65535);
}

/** True when the rule is about this protocol by name or number. */
export function isProtocol(rule: Pick<PortRule, 'protocol'>, protocol: 'tcp' | 'udp'): boolean {
  return rule.protocol === protocol || rule.protocol === protocolNumbers[protocol];
}

/** The ports as people write them: `all ports`, `port 22`, `ports 20-25`. */
export function portsOf(rule: PortRule): string {
  if (rule.protocol === '-1' || rule.fromPort === -1) return 'all ports';
  return rule.fromPort === rule.toPort ? `port ${rule.fromPort}` : `ports ${rule.fromPort}-${rule.toPort}`;
}
