import { describe, expect, test } from 'vitest';
import { createContext } from './context.ts';
import type { ContextInput } from './context.ts';
import { grantedByKms } from './kms-grants.ts';
import type { KmsGrant } from './policies.ts';
import { parsePrincipal } from './principal.ts';
import type { Truth } from './truth.ts';

const role = 'arn:aws:iam::111122223333:role/app';
const trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/all';

function granted(grant: Partial<KmsGrant>, context: ContextInput, action = 'kms:decrypt'): Truth {
  const principal = parsePrincipal(role) ?? { kind: 'anonymous' as const };
  const target = { arn: 'arn:aws:kms:us-east-1:111122223333:key/k' };
  const asked = { principal, action, target, context: createContext(context), hasBoundary: false };
  const basic = { granteePrincipal: role, operations: ['Decrypt', 'DescribeKey'], encryptionContextSubset: {} };
  return grantedByKms([{ ...basic, encryptionContextEquals: undefined, ...grant }], asked).role;
}

function words(truth: Truth): unknown {
  return typeof truth === 'object' && truth.kind === 'test' ? `${truth.text} (${truth.keyClass})` : truth;
}

describe('made for a resource', () => {
  const grant = { sourceArn: trail };
  test.each<readonly [string, ContextInput, unknown]>([
    ['that resource', { values: { 'aws:SourceArn': [trail] }, complete: true }, true],
    ['another', { values: { 'aws:SourceArn': [`${trail}2`] }, complete: true }, false],
    ['none', { values: {}, complete: true }, false],
    ['one that is not known', { values: {}, complete: false }, `aws:SourceArn ArnEquals "${trail}" (environment)`],
  ])('%s', (_name, context, expected) => {
    expect(words(granted(grant, context))).toEqual(expected);
    expect(words(granted(grant, context, 'kms:describekey'))).toEqual(expected);
  });
});

describe('the whole encryption context', () => {
  const grant = { encryptionContextEquals: { app: 'x' } };
  const pair = { 'kms:EncryptionContext:app': ['x'] };
  const names = 'kms:EncryptionContextKeys ForAllValues:StringEquals "app" (attacker-chosen)';
  test.each<readonly [string, ContextInput, unknown]>([
    ['the pair', { values: pair, complete: true }, true],
    ['the pair, and who knows what else', { values: pair, complete: false }, names],
    ['a pair more of unknown value', { values: pair, present: ['kms:EncryptionContext:b'], complete: true }, false],
    ['a pair that is absent', { values: { ...pair, 'kms:EncryptionContext:b': [] }, complete: true }, true],
    ['another value', { values: { 'kms:EncryptionContext:app': ['X'] }, complete: true }, false],
    ['its names as given', { values: { ...pair, 'kms:EncryptionContextKeys': ['app', 'b'] }, complete: true }, false],
  ])('%s', (_name, context, expected) => {
    expect(words(granted(grant, context))).toEqual(expected);
    expect(granted(grant, context, 'kms:describekey')).toBe(true);
  });
});
