// Finds secrets in a text. Only what was found, where, and a keyed fingerprint leave this file: never a value.

import { createHmac } from 'node:crypto';
import type { SecretMatch } from '../../../domain/secret.ts';
import { type Detector, detectors } from './detectors.ts';
import { characterClasses, entropy, isInArn, isReference } from './reference.ts';

/** Matches of one text that are kept: enough to show what is wrong. */
const maxMatches = 100;

const compiled = detectors.map((detector) => ({
  detector,
  patterns: detector.patterns.map((pattern) => new RegExp(pattern, detector.ignoreCase === true ? 'dgi' : 'dg')),
}));

/** HMAC-SHA-256 with the installation's key, first 16 hexadecimal digits. */
function fingerprint(secret: string, key: string | Uint8Array): string {
  return createHmac('sha256', key).update(secret, 'utf8').digest('hex').slice(0, 16);
}

function counts(detector: Detector, secret: string, next: string): boolean {
  const { minEntropy, minClasses, notReference, notHex } = detector;
  if (notReference === true && isReference(secret, next)) return false;
  if (notHex === true && /^[0-9a-f]+$/i.test(secret)) return false;
  if (minEntropy !== undefined && entropy(secret) < minEntropy) return false;
  return minClasses === undefined || characterClasses(secret) >= minClasses;
}

interface Span {
  detector: string;
  secret: string;
  from: number;
  to: number;
}

function spansOf(text: string): Span[] {
  const lower = text.toLowerCase();
  const spans: Span[] = [];
  for (const { detector, patterns } of compiled) {
    if (!detector.keywords.some((keyword) => lower.includes(keyword))) continue;
    for (const pattern of patterns)
      for (const match of text.matchAll(pattern)) {
        const group = Math.max(
          0,
          match.findIndex((captured, index) => index > 0 && captured !== undefined),
        );
        const [from, to] = match.indices?.[group] ?? [0, 0];
        const secret = text.slice(from, to);
        if (spans.some((span) => from < span.to && span.from < to)) continue;
        if (!counts(detector, secret, text[to] ?? '')) continue;
        if (detector.notReference === true && isInArn(text, from)) continue;
        spans.push({ detector: detector.id, secret, from, to });
        if (spans.length === maxMatches) return spans;
      }
  }
  return spans;
}

/**
 * Finds secrets in a text, at most 100. A stretch of text counts once, for the most specific detector.
 * @param location where the text comes from, for example `Environment.DB_PASSWORD`; with several lines each match's
 *   location ends in ` line <n>`. A variable is given as `NAME=value`, because its name tells what the value is.
 * @param key the installation's secret key: it keys the fingerprints.
 */
export function findSecrets(text: string, location: string, key: string | Uint8Array): readonly SecretMatch[] {
  const spans = spansOf(text).sort((a, b) => a.from - b.from);
  const manyLines = text.trimEnd().includes('\n');
  let line = 1;
  let position = 0;
  return spans.map(({ detector, secret, from }) => {
    for (let at = text.indexOf('\n', position); at !== -1 && at < from; at = text.indexOf('\n', at + 1)) {
      line += 1;
      position = at + 1;
    }
    const place = manyLines ? `${location} line ${line}`.trim() : location;
    return { detector, location: place, fingerprint: fingerprint(secret, key) };
  });
}
