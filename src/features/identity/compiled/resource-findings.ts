// The resource's side of a request over compiled documents. Where S3 and KMS bring more than a policy (access points,
// ACLs, Block Public Access, grants) the explaining evaluator is asked: there is one resource to a question, but there
// may be a million principals.

import { parseArn } from '../../../domain/arn.ts';
import { judgeResourceSide } from '../policy/judge-resource.ts';
import type { ResourceSide } from '../policy/resource-side.ts';
import { noPolicies } from '../policy/policies.ts';
import type { ResourceFindings } from './combine.ts';
import { bindPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { judgeCompiled, noFindings, type Question } from './judge.ts';
import { either, no, triOf, type Tri } from './tri.ts';

/** Judges the resource's side. */
export function judgeResource(
  policies: CompiledPolicies,
  question: Question,
  resourceAccount: string | undefined,
  sameAccount: boolean,
): ResourceFindings {
  const asked = { ...question, target: { arn: question.arn } };
  const service = question.action.slice(0, question.action.indexOf(':'));
  const repair = mayRepair(question, sameAccount);
  if (!isPlain(policies, service, question.arn)) {
    return findingsOf(
      judgeResourceSide(bindPolicies(policies, '', resourceAccount ?? ''), asked, resourceAccount),
      repair,
    );
  }
  const rules = judgeResourceSide(noPolicies, asked, resourceAccount);
  const speaks = policies.resource !== undefined && service !== 'iam';
  const findings = speaks ? judgeCompiled([policies.resource], resourceAccount ?? '', question) : noFindings();
  return {
    reach: findings,
    grants: { direct: no, role: no },
    deny: repair ? no : findings.deny,
    required: rules.required,
    crossAccount: rules.crossAccount,
  };
}

/** True where the resource's policy is all there is on its side. */
export function isPlain(policies: CompiledPolicies, service: string, arn: string): boolean {
  if (service === 'kms') return policies.kmsGrants.length === 0;
  if (service !== 's3') return true;
  const { publicAccessBlock, acl, accessPointPolicy } = policies.s3;
  const blocks = Object.values(publicAccessBlock).includes(true);
  if (blocks || acl.length > 0 || accessPointPolicy !== undefined) return false;
  return parseArn(arn)?.resource.startsWith('accesspoint/') !== true;
}

/** The root user of the bucket's owner can always read, write and delete the bucket policy, whatever it says. */
function mayRepair(question: Question, sameAccount: boolean): boolean {
  const { principal, action } = question;
  return principal.kind === 'root' && sameAccount && /^s3:(?:get|put|delete)bucketpolicy$/.test(action);
}

function findingsOf(side: ResourceSide, repair: boolean): ResourceFindings {
  const { reach, grants, verdicts, required, crossAccount } = side;
  const deny = verdicts
    .filter(({ wall }) => !(repair && wall === 'resource-policy'))
    .reduce<Tri>((highest, { verdict }) => either(highest, triOf(verdict.deny)), no);
  return {
    reach: { direct: triOf(reach.direct), role: triOf(reach.role), account: triOf(reach.account) },
    grants: { direct: triOf(grants.direct), role: triOf(grants.role) },
    deny,
    required,
    crossAccount,
  };
}
