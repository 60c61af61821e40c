// IpAddress and NotIpAddress: IPv4 and IPv6 addresses and CIDR ranges.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress

import { plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

/** A range: the address as 4 or 16 bytes and how many leading bits count. */
export interface IpRange {
  readonly bytes: readonly number[];
  readonly prefix: number;
}

/** An address or range; undefined when the text is neither. An address alone is a range of one. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = '', mask, ...more] = text.split('/');
  const bytes = address.includes(':') ? parseIpv6(address) : parseIpv4(address);
  if (bytes === undefined || more.length > 0) return undefined;
  if (mask === undefined) return { bytes, prefix: bytes.length * 8 };
  const prefix = /^\d{1,3}$/.test(mask) ? Number(mask) : Number.NaN;
  return prefix <= bytes.length * 8 ? { bytes, prefix } : undefined;
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parseIpv6(text: string): number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const embedded = tail === null ? [] : parseIpv4(tail[2] ?? '');
  if (embedded === undefined) return undefined;
  const body = tail === null ? text : `${tail[1]}${hex(embedded, 0)}:${hex(embedded, 2)}`;
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], rest = []] = groups;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const whole = [...head, ...Array.from({ length: halves.length === 1 ? 0 : missing }, () => '0'), ...rest];
  if (!whole.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return whole.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

function hex(bytes: readonly number[], at: number): string {
  return (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16);
}

/** True when every address of `inner` lies in `outer`; IPv4 and IPv6 never meet. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  if (outer.bytes.length !== inner.bytes.length || inner.prefix < outer.prefix) return false;
  const whole = outer.prefix >> 3;
  for (let at = 0; at < whole; at += 1) if (outer.bytes[at] !== inner.bytes[at]) return false;
  const left = outer.prefix & 7;
  if (left === 0) return true;
  const mask = (0xff << (8 - left)) & 0xff;
  return ((outer.bytes[whole] ?? 0) & mask) === ((inner.bytes[whole] ?? 0) & mask);
}

export const ipFamily: OperatorFamily = {
  variables: false,
  wildcards: () => false,
  fault: (value) => (parseIpRange(value) === undefined ? 'is not an IP address or range' : undefined),
  compile: (_operator, value) => {
    const range = parseIpRange(plainText(value));
    return (text) => {
      const address = parseIpRange(text);
      return range !== undefined && address !== undefined && contains(range, address);
    };
  },
};
