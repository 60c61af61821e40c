// Which of the discovered accounts a command is about.

import type { Account } from '../../domain/account.ts';
import { isUnread } from '../../domain/evidence.ts';
import { UsageError } from '../../domain/errors.ts';
import { nearestName } from '../../platform/terminal/nearest.ts';

export interface AccountSelection {
  /** Account ids or names. */
  accounts?: readonly string[];
  excludeAccounts?: readonly string[];
  /** OU ids or paths; everything below is meant too. */
  units?: readonly string[];
  excludeUnits?: readonly string[];
  /** `key=value` or `key`. */
  tags?: readonly string[];
  excludeTags?: readonly string[];
}

const any = (list: readonly string[] | undefined): list is readonly string[] => list !== undefined && list.length > 0;

function named(account: Account, names: readonly string[]): boolean {
  return names.some((name) => name === account.id || name.toLowerCase() === account.name.toLowerCase());
}

function below(account: Account, units: readonly string[]): boolean {
  return units.some((unit) => {
    if (account.ouIds.includes(unit)) return true;
    const path = `/${unit.replace(/^\/+|\/+$/g, '')}`.toLowerCase();
    const own = account.ouPath.toLowerCase();
    return path === '/' || own === path || own.startsWith(`${path}/`);
  });
}

function tagged(account: Account, tags: readonly string[]): boolean {
  const own = isUnread(account.tags) ? {} : account.tags;
  return tags.some((tag) => {
    const at = tag.indexOf('=');
    const key = at === -1 ? tag : tag.slice(0, at);
    if (!Object.hasOwn(own, key)) return false;
    return at === -1 || own[key] === tag.slice(at + 1);
  });
}

/** The units above an account, by path and by id. */
function unitsOf({ ouPath, ouIds }: Account): string[] {
  const parts = ouPath.split('/').slice(1);
  return [...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`), ...ouIds];
}

function mean(typed: string, names: readonly string[]): string {
  const nearest = nearestName(typed, names);
  return nearest === undefined ? '' : `Did you mean ${nearest}? `;
}

/**
 * Refuses ids of accounts that nobody knows of.
 * @throws UsageError with the nearest
 */
export function checkAccountIds(accounts: readonly { id: string }[], ids: readonly string[], flag: string): void {
  const known = new Set(accounts.map((account) => account.id));
  for (const id of ids) {
    if (known.has(id)) continue;
    throw new UsageError(`There is no account "${id.slice(0, 50)}" in this organisation.`, {
      hint: `${mean(id, [...known])}Run "vedette accounts list" to see the accounts.`,
      place: { key: flag },
    });
  }
}

/**
 * The selected accounts, in the order given.
 * @param flag what names accounts on the command line
 * @throws UsageError when a named account or OU does not exist, or when nothing is left.
 */
export function selectAccounts(
  accounts: readonly Account[],
  selection: AccountSelection,
  flag = '--accounts',
): Account[] {
  for (const name of selection.accounts ?? []) {
    if (!accounts.some((account) => named(account, [name]))) {
      throw new UsageError(`There is no account "${name}" in this organisation.`, {
        hint: `${mean(name, [...accounts.map((account) => account.id), ...accounts.map((account) => account.name)])}Run "vedette accounts list" to see the accounts.`,
        place: { key: flag },
      });
    }
  }
  for (const unit of selection.units ?? []) {
    if (!accounts.some((account) => below(account, [unit]))) {
      throw new UsageError(`There is no account below an organisational unit "${unit}".`, {
        hint: `${mean(unit, accounts.flatMap(unitsOf))}Run "vedette accounts tree" to see the units. A unit is given by its id or its path from the root.`,
        place: { key: '--ous' },
      });
    }
  }
  const wanted = any(selection.accounts) || any(selection.units) || any(selection.tags);
  const selected = accounts.filter((account) => {
    const chosen =
      !wanted ||
      named(account, selection.accounts ?? []) ||
      below(account, selection.units ?? []) ||
      tagged(account, selection.tags ?? []);
    const excluded =
      named(account, selection.excludeAccounts ?? []) ||
      below(account, selection.excludeUnits ?? []) ||
      tagged(account, selection.excludeTags ?? []);
    return chosen && !excluded;
  });
  if (selected.length === 0) {
    throw new UsageError('The selection leaves no account.', {
      hint: 'Run "vedette accounts list" to see the accounts and their tags.',
    });
  }
  return selected;
}

function unclear(account: Account, units: readonly string[] | undefined, tags: readonly string[] | undefined): boolean {
  return (any(units) && account.ouPath === '?') || (any(tags) && isUnread(account.tags));
}

/**
 * The accounts of which nobody can say whether the selection means them, because their place or tags could not be
 * read. The selection leaves them out where they are asked for, and keeps them where they should be excluded.
 */
export function undecidedAccounts(accounts: readonly Account[], selection: AccountSelection): Account[] {
  return accounts.filter((account) => {
    if (named(account, selection.excludeAccounts ?? [])) return false;
    const chosen = named(account, selection.accounts ?? []);
    return (
      (!chosen && unclear(account, selection.units, selection.tags)) ||
      unclear(account, selection.excludeUnits, selection.excludeTags)
    );
  });
}
