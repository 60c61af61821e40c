// What the role is made from, checked before anything is written: a trust policy must not name more than was meant.

import type { Partition } from '../../domain/arn.ts';
import { isAccountId } from '../../domain/arn.ts';
import { UsageError } from '../../domain/errors.ts';

export interface PermissionInput {
  partition: Partition;
  /** The operations that are used in every account, `<service>:<SDK operation>`. */
  operations: readonly string[];
  /** The operations that are used in the caller's own account to read the organisation. */
  callerOperations: readonly string[];
  /** The role's name, with its path if it has one, for example `security/VedetteRead`. */
  roleName: string;
  /** The ARN of the role or user that may assume it: exactly one. */
  principal: string;
  /** `o-…`; undefined where there is no organisation. */
  organizationId: string | undefined;
  /** The accounts in which it will stand, each with its own external id. */
  accounts: readonly { id: string; externalId: string }[];
  /** True when sessions carry a source identity. */
  sourceIdentity?: boolean;
}

/**
 * Checks what comes from the command line and the store.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @throws UsageError
 */
export function checkInput(input: PermissionInput): void {
  const { principal, organizationId, roleName, accounts } = input;
  if (!new RegExp(`^arn:${input.partition}:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+$`).test(principal)) {
    throw new UsageError(`"${principal.slice(0, 200)}" is not the ARN of a role or user in ${input.partition}.`, {
      hint: 'Name exactly the role (or user) under which Vedette runs, for example arn:aws:iam::111122223333:role/Vedette. Account roots and sessions are not taken.',
    });
  }
  if (organizationId !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
    throw new UsageError(`"${organizationId.slice(0, 50)}" is not the id of an organisation.`, {
      hint: 'It looks like o-exampleorgid; "aws organizations describe-organization" prints it.',
    });
  }
  if (!/^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(roleName) || roleName.length > 500) {
    throw new UsageError(`"${roleName.slice(0, 100)}" is not a role name.`, {
      hint: 'Use up to 64 letters, digits or +=,.@_- after an optional path.',
    });
  }
  const seen = new Set<string>();
  for (const { id, externalId } of accounts) {
    if (!isAccountId(id)) {
      throw new UsageError(`"${id.slice(0, 50)}" is not an account id.`, { hint: 'Account ids have 12 digits.' });
    }
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    if (!/^[\w+=,.@:/-]{16,1224}$/.test(externalId)) {
      throw new UsageError(`The external id of ${id} cannot be used.`, {
        hint: 'External ids are made by Vedette, at random for each account.',
        place: { account: id },
      });
    }
    if (seen.has(externalId)) {
      throw new UsageError(`The external id of ${id} is also that of another account.`, {
        hint: 'Each account has an external id of its own.',
        place: { account: id },
      });
    }
    seen.add(externalId);
  }
}
