// The control policies that apply to an account, as far as all of them are known.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html

import type { Account, Organization } from '../../../domain/account.ts';
import { type ControlLevel, controlsOf } from '../evidence/control-levels.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';

type Levels = readonly (readonly PolicyDocument[])[];

/**
 * Resource control policies by level: the root, the organisational units down to the account's, the account itself.
 * @param organization undefined when Organizations is out of reach
 * @returns undefined when any of them could not be read: what is left may stop less than AWS does, and what the engine
 *   takes an unreadable deny for stops more
 */
export function resourceControlLevels(organization: Organization | undefined, account: Account): Levels | undefined {
  return organization === undefined ? undefined : read(controlsOf(organization, account).resourceControl);
}

/** Service control policies by level, as `resourceControlLevels` gives resource control policies. */
export function serviceControlLevels(organization: Organization | undefined, account: Account): Levels | undefined {
  return organization === undefined ? undefined : read(controlsOf(organization, account).serviceControl);
}

function read(controls: readonly ControlLevel[]): Levels | undefined {
  const levels: PolicyDocument[][] = [];
  for (const { policies } of controls) {
    const level: PolicyDocument[] = [];
    for (const { title, kind, text, unread } of policies) {
      const document = parsePolicy(text, { name: title, kind });
      if (unread !== undefined || document.problems.some(({ severity }) => severity === 'error')) return undefined;
      level.push(document);
    }
    levels.push(level);
  }
  return levels;
}
