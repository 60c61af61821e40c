// Which conditions keep the public out. AWS calls a policy non-public when it grants to fixed values alone: values
// without wildcards or variables, and address ranges narrower than /8 (IPv4) or /32 (IPv6).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
// Where a wildcard leaves the account or organisation fixed (`arn:aws:sns:*:111122223333:*`, `o-a1b2c3d4e5/*`) nobody
// outside it gets in: that is no public access either, although S3's policy status and Config call it so.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import { isNarrowRange } from '../policy/s3-public.ts';
import { all, any, not } from '../policy/truth.ts';
import type { Test, Truth } from '../policy/truth.ts';

/** What a key speaks of: the caller, the caller's organisation, or where the request comes from. */
export type Fixing = 'principal' | 'organisation' | 'origin';

interface Rule {
  readonly fixing: Fixing;
  /** True for a value that fixes the key to somebody or something in particular. */
  readonly fixed: (value: string) => boolean;
}

const resourceVariable = /\$\{aws:Resource(?:Account|OrgID|OrgPaths)\}/gi;
const plain = (value: string): boolean => !/[*?]/.test(value) && !value.replaceAll(resourceVariable, '').includes('${');
const ofOneAccount = (value: string): boolean => plain(value) || isAccountId(parseArn(value)?.account ?? '');
const ofOneOrganisation = (value: string): boolean =>
  plain(value) || /^(?:o-[a-z0-9]+|\$\{aws:ResourceOrgID\})\//i.test(value);
/** `AROAEXAMPLEID:*`: the unique id of a role with any session name. */
const ofOnePrincipal = (value: string): boolean => plain(value) || /^[A-Za-z0-9]{12,}:/.test(value);

const rules: ReadonlyMap<string, Rule> = new Map([
  ['aws:principalaccount', { fixing: 'principal', fixed: plain }],
  ['aws:principalarn', { fixing: 'principal', fixed: ofOneAccount }],
  ['aws:userid', { fixing: 'principal', fixed: ofOnePrincipal }],
  ['aws:principalservicename', { fixing: 'principal', fixed: plain }],
  ['aws:principalservicenameslist', { fixing: 'principal', fixed: plain }],
  ['kms:calleraccount', { fixing: 'principal', fixed: plain }],
  ['aws:principalorgid', { fixing: 'organisation', fixed: plain }],
  ['aws:principalorgpaths', { fixing: 'organisation', fixed: ofOneOrganisation }],
  ['aws:sourcearn', { fixing: 'origin', fixed: ofOneAccount }],
  ['aws:sourceaccount', { fixing: 'origin', fixed: plain }],
  ['aws:sourceowner', { fixing: 'origin', fixed: plain }],
  ['aws:sourceorgid', { fixing: 'origin', fixed: plain }],
  ['aws:sourceorgpaths', { fixing: 'origin', fixed: ofOneOrganisation }],
  ['aws:sourceip', { fixing: 'origin', fixed: isNarrowRange }],
  ['aws:sourcevpc', { fixing: 'origin', fixed: plain }],
  ['aws:sourcevpcarn', { fixing: 'origin', fixed: ofOneAccount }],
  ['aws:sourcevpce', { fixing: 'origin', fixed: plain }],
  ['aws:vpceaccount', { fixing: 'origin', fixed: plain }],
  ['aws:vpceorgid', { fixing: 'origin', fixed: plain }],
  ['aws:vpceorgpaths', { fixing: 'origin', fixed: ofOneOrganisation }],
  ['lambda:eventsourcetoken', { fixing: 'origin', fixed: plain }],
  ['s3:dataaccesspointaccount', { fixing: 'origin', fixed: plain }],
  ['s3:dataaccesspointarn', { fixing: 'origin', fixed: ofOneAccount }],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', { fixing: 'origin', fixed: plain }],
]);

/** Operators that hold only where the key is there and has a value from the list; `IfExists` and `ForAllValues` do not. */
const requiring = /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** True for a test that only holds where its key is in the request. */
export function requiresKey(test: Test): boolean {
  return requiring.test(test.operator);
}

/** What a test fixes when it holds; undefined when it fixes nothing: anybody can meet it, or nobody knows who. */
export function fixes(test: Test): Fixing | undefined {
  const rule = rules.get(test.key.toLowerCase());
  if (rule === undefined || !requiresKey(test) || test.values.length === 0) return undefined;
  return test.values.every(rule.fixed) ? rule.fixing : undefined;
}

/** The truth that remains when the tests that `never` names do not hold. */
export function without(truth: Truth, never: (test: Test) => boolean): Truth {
  if (typeof truth === 'boolean') return truth;
  if (truth.kind === 'test') return never(truth) ? false : truth;
  if (truth.kind === 'not') return not(without(truth.of, never));
  return (truth.kind === 'all' ? all : any)(truth.of.map((part) => without(part, never)));
}
