// What an account is for: owner, environment, criticality and data class, from a file, tags or OU rules.

import type { AccountContext } from '../../domain/account.ts';

const fields = ['owner', 'environment', 'criticality', 'dataClass'] as const;
type Field = (typeof fields)[number];

export interface ContextRules {
  /** Tag keys that carry a field, most wanted first; compared without case. */
  tags: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** OU path prefixes (`/Workloads/Production`) and what they say; the longest matching prefix wins. */
  units: readonly { path: string; context: AccountContext }[];
  /** By account id; wins over tags and units. */
  accounts: Readonly<Record<string, AccountContext>>;
}

export const defaultContextRules: ContextRules = {
  tags: {
    owner: ['owner', 'team', 'contact'],
    environment: ['environment', 'env', 'stage'],
    criticality: ['criticality', 'tier'],
    dataClass: ['data-class', 'dataclass', 'data-classification'],
  },
  units: [],
  accounts: {},
};

function unitContext(ouPath: string, rules: ContextRules): AccountContext {
  const matching = rules.units
    .filter((rule) => ouPath === rule.path || ouPath.startsWith(`${rule.path.replace(/\/$/, '')}/`))
    .sort((a, b) => a.path.length - b.path.length);
  return Object.assign({}, ...matching.map((rule) => rule.context)) as AccountContext;
}

/** The context of one account: the file first, then its tags, then its place in the tree. */
export function contextOf(
  account: string,
  ouPath: string,
  tags: Readonly<Record<string, string>>,
  rules: ContextRules,
): AccountContext {
  const lower = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  const context: AccountContext = unitContext(ouPath, rules);
  for (const field of fields) {
    const key = rules.tags[field]?.find((name) => (lower.get(name.toLowerCase()) ?? '') !== '');
    if (key !== undefined) context[field] = lower.get(key.toLowerCase()) ?? '';
  }
  return { ...context, ...(Object.hasOwn(rules.accounts, account) ? rules.accounts[account] : {}) };
}
