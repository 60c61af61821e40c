// When S3 calls a bucket or access point policy public.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status

import { contains, parseIpRange } from './conditions/ip-address.ts';
import type { Condition, PolicyDocument, Statement } from './document.ts';

/** Keys that make a grant non-public when the policy gives them fixed values. */
const fixingKeys = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const fixingOperators = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']);

/** True when any Allow of the policy grants access beyond fixed principals and fixed conditions. */
export function isPublicPolicy(document: PolicyDocument): boolean {
  return document.statements.some(
    (statement) => statement.effect === 'Allow' && statement.sound && isPublic(statement),
  );
}

function isPublic(statement: Statement): boolean {
  const entries = statement.principals?.entries ?? [];
  // A web identity provider speaks for anyone who signs in there.
  const fixed = entries.length > 0 && entries.every((entry) => entry.kind !== 'everyone' && entry.kind !== 'Federated');
  return !fixed && !statement.conditions.some(fixes);
}

function fixes(condition: Condition): boolean {
  if (condition.ifExists || condition.quantifier === 'ForAllValues') return false;
  const key = condition.key.toLowerCase();
  if (key === 'aws:sourceip') return condition.operator === 'IpAddress' && condition.values.every(isNarrowRange);
  if (!fixingKeys.has(key) || !fixingOperators.has(condition.operator)) return false;
  return condition.values.every((value) => isFixed(key, value));
}

function isFixed(key: string, value: string): boolean {
  if (value.includes('${')) return false;
  if (!/[*?]/.test(value)) return true;
  // The access point's name may be a wildcard as long as its account is fixed.
  return key === 's3:dataaccesspointarn' && /^arn:[^:*?]+:s3:[^:]*:\d{12}:accesspoint\/[^:]*$/.test(value);
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseIpRange);

/** Ranges wider than /8 (IPv4) and /32 (IPv6) count as public, those of RFC 1918 aside. */
export function isNarrowRange(value: string): boolean {
  const range = parseIpRange(value);
  if (range === undefined) return false;
  const isPrivate = privateRanges.some((outer) => outer !== undefined && contains(outer, range));
  return isPrivate || range.prefix >= (range.bytes.length === 4 ? 8 : 32);
}
