// Ranges of IP addresses in CIDR notation, and whether several of them hold everything that another one holds.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html

interface Range {
  bits: 32 | 128;
  first: bigint;
  last: bigint;
}

/** Every address of a family. */
export const everyAddress = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;

/**
 * Every address of a family from which the internet may ask. That of IPv6 is 2000::/3: the rest is reserved, or not routed.
 * https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml
 */
export const internet = { ipv4: '0.0.0.0/0', ipv6: '2000::/3' } as const;

/** Ranges that hold the whole internet, as people write it. */
export function worldOf(ranges: readonly string[], family: keyof typeof internet): string {
  return covers(ranges, everyAddress[family]) ? everyAddress[family] : internet[family];
}

/** True when each address of `target` lies in one of `ranges`. What is no range holds nothing, and nothing holds it. */
export function covers(ranges: readonly string[], target: string): boolean {
  const wanted = rangeOf(target);
  if (wanted === undefined || !mayCover(ranges, target)) return false;
  const sorted = ranges
    .map(rangeOf)
    .filter((range) => range !== undefined)
    .filter((range) => range.bits === wanted.bits)
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  let next = wanted.first;
  for (const { first, last } of sorted) {
    if (first > next) break;
    if (last >= next) next = last + 1n;
  }
  return next > wanted.last;
}

/** False when the ranges are too small for it, however they lie: most rules name a few networks. */
function mayCover(ranges: readonly string[], target: string): boolean {
  return ranges.reduce((sum, range) => sum + share(range), 0) >= share(target);
}

/** The part of all addresses that a range holds by its prefix; 0 of a text without one. */
function share(range: string): number {
  const prefix = /\/(\d{1,3})$/.exec(range)?.[1];
  return prefix === undefined ? 0 : 2 ** -Number(prefix);
}

function rangeOf(cidr: string): Range | undefined {
  const [, address = '', prefix = ''] = /^([0-9a-f.:]{2,45})\/(\d{1,3})$/i.exec(cidr) ?? [];
  const bits = address.includes(':') ? 128 : 32;
  const number = bits === 128 ? ipv6Of(address) : ipv4Of(address);
  if (number === undefined || Number(prefix) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(prefix));
  const first = number - (number % size);
  return { bits, first, last: first + size - 1n };
}

function ipv4Of(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((number, part) => number * 256n + BigInt(part), 0n);
}

function ipv6Of(address: string): bigint | undefined {
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = halves;
  const left = 8 - head.length - tail.length;
  if (halves.length > 2 || left < 0 || (halves.length === 1 && left > 0)) return undefined;
  const parts = [...head, ...Array<string>(left).fill('0'), ...tail];
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.reduce((number, part) => number * 65536n + BigInt(`0x${part}`), 0n);
}
