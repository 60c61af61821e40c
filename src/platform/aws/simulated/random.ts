// Chance that always falls the same way: numbers and identifiers drawn from a seed and a label.

export type Label = string | number;

/** Four 32-bit words mixed from a text. */
function mix(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i += 1) {
    const k = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ k, 597399067);
    b = c ^ Math.imul(b ^ k, 2869860233);
    c = d ^ Math.imul(c ^ k, 951274213);
    d = a ^ Math.imul(d ^ k, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}

export interface Random {
  /** A number from 0 to below 1. */
  next(): number;
  /** An integer from 0 to below `limit`. */
  int(limit: number): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** `count` different members, in the list's order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** A stream of random numbers (sfc32) that depends on its labels alone. */
export function randomOf(...labels: readonly Label[]): Random {
  let [a, b, c, d] = mix(labels.join('|'));
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    int,
    between: (low, high) => low + int(high - low + 1),
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.');
      return list[int(list.length)] as T;
    },
    chance: (probability) => next() < probability,
    sample: (list, count) => {
      let wanted = Math.min(count, list.length);
      return list.filter((_, index) => {
        const taken = next() * (list.length - index) < wanted;
        if (taken) wanted -= 1;
        return taken;
      });
    },
  };
}

const hexDigits = '0123456789abcdef';
const decimals = '0123456789';
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const lowerAlphanumerics = 'abcdefghijklmnopqrstuvwxyz0123456789';
const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function drawn(alphabet: string, length: number, labels: readonly Label[]): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1) {
    for (let word of mix(`${labels.join('|')}|${block}`)) {
      for (let i = 0; i < 4 && text.length < length; i += 1) {
        text += alphabet[word % alphabet.length];
        word = Math.floor(word / alphabet.length);
      }
    }
  }
  return text;
}

export const hex = (length: number, ...labels: readonly Label[]): string => drawn(hexDigits, length, labels);
export const digits = (length: number, ...labels: readonly Label[]): string => drawn(decimals, length, labels);
export const upperBase32 = (length: number, ...labels: readonly Label[]): string => drawn(base32, length, labels);
export const lowerId = (length: number, ...labels: readonly Label[]): string =>
  drawn(lowerAlphanumerics, length, labels);
export const base62 = (length: number, ...labels: readonly Label[]): string => drawn(alphanumerics, length, labels);

/** A version 4 UUID. */
export function uuid(...labels: readonly Label[]): string {
  const h = hex(32, ...labels);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}
