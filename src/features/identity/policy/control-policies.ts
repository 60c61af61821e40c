// Service control policies and resource control policies: to whom and what they apply, and what their levels say.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html

import { parseArn } from '../../../domain/arn.ts';
import { supportsRcp } from '../../../domain/iam/services.ts';
import { judge } from './judge.ts';
import type { Asked, Verdict } from './judge.ts';
import type { Policies } from './policies.ts';
import { isInAccount } from './principal.ts';

/** Verdicts from the root of the organisation down to the account. */
export type Levels = readonly Verdict[];

/**
 * The SCPs that apply: those of the principal's account, its root user included; never in the management account,
 * never to service-linked roles, and not to services, anonymous callers and users of identity providers.
 */
export function judgeServiceControl(policies: Policies, asked: Asked): Levels {
  const { principal } = asked;
  if (!isInAccount(principal) || policies.principalInManagementAccount || isServiceLinked(asked)) return [];
  return policies.serviceControl.map((level) => judge(level, asked));
}

/**
 * The RCPs that apply: those of the resource's account, whoever asks, for the services that support them; never for
 * resources in the management account, for service-linked roles, for AWS managed KMS keys and for kms:RetireGrant.
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html
 *
 * Which services support them is AWS's list, "List of AWS services that support RCPs" in
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, as the IAM tables carry it:
 * five at the launch in November 2024 (S3, STS, KMS, SQS, Secrets Manager), many more since. The five still named in
 * https://docs.aws.amazon.com/controltower/latest/controlreference/rcp-controls.html are those for which Control Tower
 * offers ready-made controls, not those that RCPs support.
 */
export function judgeResourceControl(policies: Policies, asked: Asked): Levels {
  const { action } = asked;
  const service = action.slice(0, action.indexOf(':'));
  if (policies.resourceInManagementAccount || !supportsRcp(service) || isServiceLinked(asked)) return [];
  if (action === 'kms:retiregrant' || parseArn(asked.target.arn)?.resource.startsWith('alias/aws/') === true) return [];
  return policies.resourceControl.map((level) => judge(level, asked));
}

function isServiceLinked(asked: Asked): boolean {
  return asked.principal.kind === 'role' && asked.principal.serviceLinked;
}
