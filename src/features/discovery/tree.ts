// The organisation's tree: units and accounts of each parent in one wave, from the root down, and the flat list beside it.

import type { AccountStatus, OrganizationalUnit } from '../../domain/account.ts';
import { type Evidence, type Unread, isUnread } from '../../domain/evidence.ts';
import type { OrganizationReader } from './organization-reader.ts';

export interface PlacedAccount {
  id: string;
  arn: string;
  name: string;
  email: string;
  status: AccountStatus;
  joinedAt: string;
  /** The parent's id; empty when the place could not be read. */
  parentId: string;
}

/** A parent whose units or accounts could not be listed: nobody knows what lies below it. */
export interface UnlistedParent {
  /** The id of the root or the unit; `root` when the root itself could not be read. */
  id: string;
  why: Unread;
}

export interface Tree {
  /** Sorted by path. */
  units: OrganizationalUnit[];
  /** Sorted by id. */
  accounts: PlacedAccount[];
  unlisted: UnlistedParent[];
  /** False when an account may exist that neither the tree nor the flat list showed. */
  complete: boolean;
}

/** AWS's `State` (newer) says more than `Status`: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
function statusOf(account: { State?: string | undefined; Status?: string | undefined }): AccountStatus {
  const state = account.State ?? account.Status;
  if (state === 'SUSPENDED' || state === 'PENDING_CLOSURE' || state === 'CLOSED') return state;
  return 'ACTIVE';
}

interface SdkAccountShape {
  Id?: string | undefined;
  Arn?: string | undefined;
  Name?: string | undefined;
  Email?: string | undefined;
  State?: string | undefined;
  Status?: string | undefined;
  JoinedTimestamp?: Date | undefined;
}

function placed(account: SdkAccountShape, parentId: string): PlacedAccount | undefined {
  if (account.Id === undefined) return undefined;
  return {
    id: account.Id,
    arn: account.Arn ?? '',
    name: account.Name ?? account.Id,
    email: account.Email ?? '',
    status: statusOf(account),
    joinedAt: account.JoinedTimestamp?.toISOString() ?? '',
    parentId,
  };
}

/** A list, or why there is none. AWS has no "there is no list": such an answer says nothing. */
function listOf<T>(found: Evidence<readonly T[] | null>, operation: string): readonly T[] | Unread {
  return found ?? { $unread: { operation, reason: 'failed' } };
}

const byKey =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : 1;

/**
 * Reads the whole tree below a root. How many calls are under way is for the budget to say.
 *
 * The flat list is read as well: it shows accounts below parents that could not be listed, and those that were moved
 * from one parent to another while the tree was read. They are kept without a place.
 * @param rootId undefined when the root could not be read: then there is only the flat list
 */
export async function readTree(reader: OrganizationReader, rootId: string | undefined): Promise<Tree> {
  const units = new Map<string, OrganizationalUnit>();
  const accounts = new Map<string, PlacedAccount>();
  const unlisted: UnlistedParent[] = [];
  const visit = async (id: string, path: string): Promise<void> => {
    const [unitsFound, accountsFound] = await Promise.all([reader.unitsBelow(id), reader.accountsBelow(id)]);
    const below = listOf(unitsFound, 'organizations:ListOrganizationalUnitsForParent');
    const members = listOf(accountsFound, 'organizations:ListAccountsForParent');
    const why = [below, members].find(isUnread);
    if (why !== undefined) unlisted.push({ id, why });
    for (const account of isUnread(members) ? [] : members) {
      const one = placed(account, id);
      if (one !== undefined) accounts.set(one.id, one);
    }
    const next = (isUnread(below) ? [] : below).flatMap((unit): OrganizationalUnit[] => {
      // A unit that was moved meanwhile is met twice: the first place stands.
      if (unit.Id === undefined || units.has(unit.Id)) return [];
      const name = unit.Name ?? unit.Id;
      const one = { id: unit.Id, name, parentId: id, path: `${path}/${name}` };
      units.set(one.id, one);
      return [one];
    });
    await Promise.all(next.map((unit) => visit(unit.id, unit.path)));
  };
  const [flat] = await Promise.all([reader.accounts(), rootId === undefined ? undefined : visit(rootId, '')]);
  const all = listOf(flat, 'organizations:ListAccounts');
  for (const account of isUnread(all) ? [] : all) {
    const one = placed(account, '');
    if (one !== undefined && !accounts.has(one.id)) accounts.set(one.id, one);
  }
  return {
    units: [...units.values()].sort(byKey((unit) => `${unit.path} ${unit.id}`)),
    accounts: [...accounts.values()].sort(byKey((account) => account.id)),
    unlisted: unlisted.sort(byKey((parent) => parent.id)),
    complete: !isUnread(all) || (rootId !== undefined && unlisted.length === 0),
  };
}
