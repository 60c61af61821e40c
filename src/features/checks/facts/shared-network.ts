// VPCs and subnets that another account shares are listed in the participant's account too, under the owner's ARN.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html

import { parseArn } from '../../../domain/arn.ts';

/** The other account that owns the resource; undefined when it is the judged account's own. */
export function otherOwner(resource: { arn: string }, account: { id: string }): string | undefined {
  const owner = parseArn(resource.arn)?.account;
  return owner === undefined || owner === '' || owner === account.id ? undefined : owner;
}
