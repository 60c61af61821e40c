// Which service and resource control policies are in force for an account: those of the root, of every OU on the path
// and of the account itself.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html

import type { Account, Organization, OrganizationPolicy } from '../../../domain/account.ts';
import { isUnread } from '../../../domain/evidence.ts';
import type { PolicyKind } from '../policy/document.ts';
import { unreadPolicy, type SourcePolicy } from './source-policy.ts';

/** One level of the hierarchy, from the root of the organisation down to the account. */
export interface ControlLevel {
  /** The id of the root, the OU or the account. */
  readonly target: string;
  /** For people: `the root`, `OU /Workloads`, `account 111122223333`. */
  readonly place: string;
  readonly policies: readonly SourcePolicy[];
}

export interface AccountControls {
  readonly serviceControl: readonly ControlLevel[];
  readonly resourceControl: readonly ControlLevel[];
}

const none: AccountControls = { serviceControl: [], resourceControl: [] };
const kinds = {
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
} as const;
type ControlType = keyof typeof kinds;

type Place = Pick<Account, 'id' | 'ouIds' | 'ouPath' | 'isManagement'>;

/**
 * The control policies of an account. The management account has none, nor has an account without an organisation.
 * What could not be read stands as unread policies.
 */
export function controlsOf(organization: Organization, account: Place): AccountControls {
  if (account.isManagement) return none;
  return {
    serviceControl: levelsOf(organization, account, 'SERVICE_CONTROL_POLICY'),
    resourceControl: levelsOf(organization, account, 'RESOURCE_CONTROL_POLICY'),
  };
}

function wholly(kind: 'service-control' | 'resource-control', account: string, why: string): ControlLevel {
  const name = kind === 'service-control' ? 'the service control policies' : 'the resource control policies';
  const about = { title: name, name, arn: undefined, kind, attachedTo: `account ${account}` };
  return { target: account, place: `account ${account}`, policies: [unreadPolicy(about, why)] };
}

function levelsOf(organization: Organization, account: Place, type: ControlType): readonly ControlLevel[] {
  const kind = kinds[type];
  const { policies, units } = organization;
  if (isUnread(policies)) {
    const { operation, reason } = policies.$unread;
    return [wholly(kind, account.id, `${operation} was ${wordOf(reason)}`)];
  }
  const ofType = policies.filter((policy) => policy.type === type);
  if (ofType.length === 0) return [];
  const pathKnown = account.ouPath !== '?' && account.ouIds.length > 0;
  const path = pathKnown ? account.ouIds : [organization.rootId];
  const levels = [...path, account.id].map((target): ControlLevel => {
    const place =
      target === account.id
        ? `account ${target}`
        : target === organization.rootId
          ? 'the root'
          : `OU ${units.find((unit) => unit.id === target)?.path ?? target}`;
    return { target, place, policies: ofType.flatMap((policy) => attached(policy, kind, target, place)) };
  });
  // Without the path the OUs between the root and the account are missing: what they add is not known.
  const gap = pathKnown ? [] : [wholly(kind, account.id, 'the place of the account in the organisation is not known')];
  return [...levels, ...gap];
}

/** The policy at a level; nothing where it is not attached, an unread one where that is not known. */
function attached(
  policy: OrganizationPolicy,
  kind: PolicyKind,
  target: string,
  place: string,
): readonly SourcePolicy[] {
  const { name, arn, content, targets } = policy;
  const about = { title: `${name} at ${place}`, name, arn, kind, attachedTo: place };
  if (isUnread(targets)) {
    const why = `what it is attached to is not known: ${targets.$unread.operation} was ${wordOf(targets.$unread.reason)}`;
    return [unreadPolicy(about, why)];
  }
  if (!targets.includes(target)) return [];
  if (isUnread(content))
    return [unreadPolicy(about, `${content.$unread.operation} was ${wordOf(content.$unread.reason)}`)];
  return [{ ...about, text: content }];
}

const words: Readonly<Record<string, string>> = { timeout: 'not answered in time', unsupported: 'not supported' };

/** A reason as the end of a sentence: `was denied`. */
export function wordOf(reason: string): string {
  return words[reason] ?? reason;
}
