// What the resource's side says: its policy, and what S3, KMS and STS add to it.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import { admitsOtherAccounts } from './across-accounts.ts';
import type { Wall } from './answer.ts';
import { judge } from './judge.ts';
import type { Asked, Verdict } from './judge.ts';
import { grantedByKms } from './kms-grants.ts';
import type { Granted } from './kms-grants.ts';
import type { AccessRequest, Policies } from './policies.ts';
import { accountOf, isInAccount } from './principal.ts';
import { judgeS3 } from './s3.ts';
import type { ResourceTarget } from './statement.ts';
import type { ResourceSide } from './resource-side.ts';

const trustActions = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
]);

/** True for the actions that a role's trust policy decides. */
export function isRoleAssumption(action: string): boolean {
  return trustActions.has(action.toLowerCase());
}

/**
 * The account that owns the resource: as stated, else that of the ARN, else the principal's (an S3 ARN names none,
 * and an action without a resource acts on the caller's account).
 */
export function resourceAccountOf(request: AccessRequest): string | undefined {
  if (request.resourceAccount !== undefined && request.resourceAccount !== '') return request.resourceAccount;
  const account = parseArn(request.resource)?.account ?? '';
  return isAccountId(account) ? account : accountOf(request.principal);
}

/**
 * What resource patterns are compared with. S3 knows the actions that have no resource by `arn:aws:s3:::*`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export function targetOf(request: AccessRequest): ResourceTarget {
  const { principal, action, resource } = request;
  if (resource !== '*' || !action.toLowerCase().startsWith('s3:')) return { arn: resource };
  const partition = isInAccount(principal) ? principal.partition : 'aws';
  return { arn: `arn:${partition}:s3:::*` };
}

/** Judges the resource's side. */
export function judgeResourceSide(policies: Policies, asked: Asked, resourceAccount: string | undefined): ResourceSide {
  const { action } = asked;
  const service = action.slice(0, action.indexOf(':'));
  const noGrants: Granted = { direct: false, role: false, hits: [] };
  if (service === 's3') return judgeS3(policies, asked, resourceAccount);
  // A role's trust policy speaks of assuming it, not of IAM's own actions on it.
  const documents = policies.resource === undefined || service === 'iam' ? [] : [policies.resource];
  const verdict = judge(documents, asked);
  if (service === 'kms' && isKey(asked.target.arn, action)) {
    const grants = grantedByKms(policies.kmsGrants, asked);
    return side('key-policy', true, verdict, grants, admitsOtherAccounts(action));
  }
  if (isRoleAssumption(action)) return side('trust-policy', true, verdict, noGrants, true);
  return side('resource-policy', false, verdict, noGrants, admitsOtherAccounts(action));
}

function side(wall: Wall, required: boolean, verdict: Verdict, granted: Granted, crossAccount: boolean): ResourceSide {
  const { direct, role, hits } = granted;
  const verdicts = [{ wall, verdict }];
  const grants = { direct, role };
  return { wall, required, crossAccount, reach: verdict.reach, grants, grantHits: hits, verdicts, blocked: false };
}

/**
 * True for what a key policy decides. An alias is a resource of its own: creating, changing and deleting it is up to
 * identity policies; elsewhere an alias stands for its key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
function isKey(resource: string, action: string): boolean {
  const name = parseArn(resource)?.resource ?? '';
  return name.startsWith('key/') || (name.startsWith('alias/') && !action.endsWith('alias'));
}
