// The organisation's tree: units level by level, then accounts with their place.

import type { AccountStatus, OrganizationalUnit } from '../../domain/account.ts';
import { isUnread } from '../../domain/evidence.ts';
import { mapLimited } from './map-limited.ts';
import type { OrganizationReader } from './organization-reader.ts';

/** Organizations throttles by call: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const callsAtOnce = 8;

export interface PlacedAccount {
  id: string;
  name: string;
  email: string;
  status: AccountStatus;
  joinedAt: string;
  /** The parent's id; empty when the place could not be read. */
  parentId: string;
}

export interface Tree {
  rootId: string;
  units: OrganizationalUnit[];
  accounts: PlacedAccount[];
  /** Parents whose units or accounts could not be listed: what lies below them may be missing. */
  unlisted: string[];
}

/** AWS's `State` (newer) says more than `Status`: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
function statusOf(account: { State?: string | undefined; Status?: string | undefined }): AccountStatus {
  const state = account.State ?? account.Status;
  if (state === 'SUSPENDED' || state === 'PENDING_CLOSURE' || state === 'CLOSED') return state;
  return 'ACTIVE';
}

interface SdkAccountShape {
  Id?: string | undefined;
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
    name: account.Name ?? account.Id,
    email: account.Email ?? '',
    status: statusOf(account),
    joinedAt: account.JoinedTimestamp?.toISOString() ?? '',
    parentId,
  };
}

/**
 * Reads the whole tree below a root. A parent that cannot be listed is named in `unlisted`; accounts that only the flat
 * list shows are kept without a place.
 */
export async function readTree(reader: OrganizationReader, rootId: string): Promise<Tree> {
  const units: OrganizationalUnit[] = [];
  const unlisted = new Set<string>();
  const flat = reader.accounts();
  let level: { id: string; path: string }[] = [{ id: rootId, path: '' }];
  while (level.length > 0) {
    const below = await mapLimited(level, callsAtOnce, async (parent) => ({
      parent,
      found: await reader.unitsBelow(parent.id),
    }));
    level = [];
    for (const { parent, found } of below) {
      if (found === null || isUnread(found)) {
        unlisted.add(parent.id);
        continue;
      }
      for (const unit of found) {
        if (unit.Id === undefined) continue;
        const path = `${parent.path}/${unit.Name ?? unit.Id}`;
        units.push({ id: unit.Id, name: unit.Name ?? unit.Id, parentId: parent.id, path });
        level.push({ id: unit.Id, path });
      }
    }
  }
  const accounts = new Map<string, PlacedAccount>();
  const parents = [rootId, ...units.map((unit) => unit.id)];
  const lists = await mapLimited(parents, callsAtOnce, async (parent) => ({
    parent,
    found: await reader.accountsBelow(parent),
  }));
  for (const { parent, found } of lists) {
    if (found === null || isUnread(found)) {
      unlisted.add(parent);
      continue;
    }
    for (const account of found) {
      const one = placed(account, parent);
      if (one !== undefined) accounts.set(one.id, one);
    }
  }
  const all = await flat;
  if (all !== null && !isUnread(all)) {
    for (const account of all) {
      const one = placed(account, '');
      if (one !== undefined && !accounts.has(one.id)) accounts.set(one.id, one);
    }
  }
  return {
    rootId,
    units,
    accounts: [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unlisted: [...unlisted],
  };
}
