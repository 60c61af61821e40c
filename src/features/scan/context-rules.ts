// The rules by which accounts get their context, from the settings.

import type { AccountContext } from '../../domain/account.ts';
import { loadAccountContext } from '../../platform/config/account-context-file.ts';
import type { Settings } from '../../platform/config/settings.ts';
import { type ContextRules, defaultContextRules } from '../discovery/index.ts';

/** Without `undefined` members, so that a rule leaves alone what it does not speak of. */
function said<T>(members: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/**
 * Tag keys and OU rules of the settings (the usual tag keys where none are set), and the account context file.
 * @throws UsageError when the file cannot be read or is malformed
 */
export async function contextRules(settings: Settings): Promise<ContextRules> {
  const { accountContext, accountContextFile } = settings;
  const accounts =
    accountContextFile === undefined ? new Map<string, AccountContext>() : await loadAccountContext(accountContextFile);
  const tags = accountContext?.tags;
  return {
    tags: tags === undefined ? defaultContextRules.tags : said(tags),
    units: (accountContext?.ous ?? []).map(({ path, ...context }) => ({ path, context: said(context) })),
    accounts: Object.fromEntries(accounts),
  };
}
