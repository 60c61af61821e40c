// Who outside an account a resource is open to, by the policy engine, in the words of a judgement.

import { EvidenceUnread, isUnread } from '../../../domain/evidence.ts';
import { type Judgement, fail, pass, unknown } from '../../../domain/verdict.ts';
import {
  type Access,
  type Exposure,
  type ExposedResource,
  exposureOf,
  resourceControlLevels,
} from '../../identity/index.ts';
import type { CheckContext } from '../contract.ts';
import { indexOnce } from './index-once.ts';

/** Thrown where a policy was given and cannot be read: nothing may be concluded from it. */
class PolicyUnreadable extends EvidenceUnread {
  constructor(message: string) {
    super([]);
    this.message = message;
  }
}

/** A resource as the exposure's function takes it, without what the context of a check knows. */
export type Exposed = Omit<ExposedResource, 'account' | 'organization' | 'resourceControl' | 'inManagementAccount'>;

/** What is open, and what is not only because resource control policies stop it. */
export interface Found {
  readonly open: readonly Access[];
  /** True when something would be open but for a resource control policy. */
  readonly stopped: boolean;
  /** False when something is open, and whether resource control policies stop it could not be read. */
  readonly controlsKnown: boolean;
  /** All that was found, whether asked for or not. */
  readonly all: readonly Access[];
}

/**
 * The accesses that `asked` picks.
 * @throws EvidenceUnread when none is found in a policy that could not be read in full.
 */
export function openAccesses(resource: Exposed, context: CheckContext, asked: (access: Access) => boolean): Found {
  const { account, organization } = context;
  const facts = {
    ...resource,
    account: account.id,
    organization: organizationFacts(context),
  };
  const found = exposureOf(facts);
  const open = pick(found, asked);
  if (open.length === 0) return { open, stopped: false, controlsKnown: true, all: found.accesses };
  const controls = resourceControlLevels(organization, account);
  if (controls === undefined) return { open, stopped: false, controlsKnown: false, all: found.accesses };
  const guarded = exposureOf({ ...facts, resourceControl: controls, inManagementAccount: account.isManagement });
  const left = pick(guarded, asked);
  return { open: left, stopped: left.length === 0, controlsKnown: true, all: guarded.accesses };
}

/**
 * The organisation as the exposure's function takes it; undefined when it is out of reach. An account that has none
 * is alone: everybody else is an outsider.
 */
function organizationFacts({ organization, account }: CheckContext): ExposedResource['organization'] {
  if (organization === undefined) return undefined;
  const { id, accountIds, reachable, managementAccount } = organization;
  if (!reachable) return isUnread(managementAccount) ? undefined : { id, accounts: new Set([account.id]) };
  return { id, accounts: accountIds === undefined ? undefined : memberIds(accountIds) };
}

const memberIds = indexOnce((ids: readonly string[]): ReadonlySet<string> => new Set(ids));

function pick({ accesses, unreadable }: Exposure, asked: (access: Access) => boolean): readonly Access[] {
  const found = accesses.filter(asked);
  if (found.length === 0 && unreadable !== undefined) throw new PolicyUnreadable(unreadable);
  return found;
}

/** True for what is open to everybody, or to everybody with an AWS account. */
export function isPublic({ audience }: Access): boolean {
  return audience.kind === 'public';
}

/** True for what is open to everybody, to another organisation, or to an account that is not of the own one. */
export function isOutside({ audience }: Access): boolean {
  if (audience.kind === 'public') return true;
  if (audience.kind === 'organisation') return !audience.own;
  return audience.kind === 'account' && audience.membership === 'outside';
}

/**
 * Judges that a resource is open to nobody outside the organisation; an account without one is alone.
 * @param what the resource in words, for example `key`
 */
export function judgeSharing(what: string, resource: Exposed, context: CheckContext): Judgement {
  const found = openAccesses(resource, context, isOutside);
  if (found.open.length > 0) return fail(describeOpen(`The ${what} is shared outside the organisation`, found));
  if (found.stopped)
    return pass(`The ${what} would be shared outside the organisation, but a resource control policy stops it.`);
  const unplaced = found.all.find(({ audience }) => audience.kind === 'account' && audience.membership === 'unknown');
  if (unplaced !== undefined)
    return unknown(`Whether ${audienceName(unplaced)}, which may use it, belongs to the organisation is not known.`);
  return pass(`The ${what} is shared with nobody outside the organisation.${describeOthers(found.all)}`);
}

/**
 * Judges that a resource is not public by its policy.
 * @param what the resource in words, for example `queue`
 */
export function judgePublic(what: string, resource: Exposed, context: CheckContext): Judgement {
  const found = openAccesses(resource, context, isPublic);
  if (found.open.length > 0) return fail(describeOpen(`The ${what} is public`, found));
  if (found.stopped) return pass(`The ${what}'s policy is public, but a resource control policy keeps everybody out.`);
  return pass(`The ${what} is not public.${describeOthers(found.all)}`);
}

/** "The queue is public: everybody may sqs:SendMessage (statement Anybody of its policy)." */
export function describeOpen(subject: string, { open, controlsKnown }: Pick<Found, 'open' | 'controlsKnown'>): string {
  const unsure = controlsKnown ? '' : ' Whether a resource control policy stops it could not be read.';
  return `${subject}: ${open.map(describeAccess).join('; ')}.${unsure}`;
}

function describeAccess(access: Access): string {
  const { actions, conditions, statements } = access;
  const more = actions.length > mostNamed ? ` and ${actions.length - mostNamed} more` : '';
  const list = actions[0]?.startsWith('kms:') === true ? 'a grant' : 'access control list';
  const by = statements.length === 0 ? list : `statement ${statements.slice(0, mostNamed).join(', ')}`;
  return `${audienceName(access)} may ${actions.slice(0, mostNamed).join(', ')}${more} (${by})${underConditions(conditions)}`;
}

/** To whom else it is open, as sentences that follow a pass; empty when to nobody. */
export function describeOthers(accesses: readonly Access[]): string {
  const names = new Set(
    accesses.map(
      (access) =>
        `${audienceName(access)}${underConditions(access.audience.kind === 'public' ? [] : access.conditions)}`,
    ),
  );
  if (names.size === 0) return '';
  const listed = [...names].slice(0, mostNamed);
  return ` It is open to ${listed.join('; to ')}${names.size > listed.length ? `; and to ${names.size - listed.length} more` : ''}.`;
}

const mostNamed = 3;
const mostText = 200;

function underConditions(conditions: readonly string[]): string {
  if (conditions.length === 0) return '';
  const text = conditions.slice(0, mostNamed).join(', or ');
  return ` if ${text.length > mostText ? `${text.slice(0, mostText)}…` : text}`;
}

/** Who has the access, in words. */
export function audienceName({ audience }: Access): string {
  if (audience.kind === 'public') return audience.who === 'anonymous' ? 'everybody' : 'everybody with an AWS account';
  if (audience.kind === 'narrowed') return 'whoever meets the conditions';
  if (audience.kind === 'organisation') return `${audience.own ? 'the' : 'another'} organisation ${audience.id}`;
  if (audience.kind === 'account')
    return `account ${audience.id}${audience.membership === 'outside' ? ' outside the organisation' : ''}`;
  if (audience.kind === 'service') return `${audience.name}${audience.forAnyone ? ' on behalf of anybody' : ''}`;
  return `users of ${audience.provider}`;
}
