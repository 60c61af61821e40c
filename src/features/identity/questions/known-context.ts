// Condition keys whose values follow from the evidence, so that conditions on them are decided instead of left open.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import type { Account, Organization } from '../../../domain/account.ts';
import type { PolicyDocument } from '../policy/document.ts';

export type ContextValues = Readonly<Record<string, readonly string[]>>;

type Place = Pick<Account, 'id' | 'ouIds' | 'ouPath'>;

/** `o-…/r-…/ou-…/`, as AWS writes the path of an account; undefined where it is not known. */
function pathOf(organization: Organization, account: Place): string | undefined {
  if (!organization.reachable || account.ouPath === '?' || account.ouIds.length === 0) return undefined;
  return `${organization.id}/${account.ouIds.join('/')}/`;
}

/** What all requests of an account's principals carry. */
export function principalContext(organization: Organization, account: Place): ContextValues {
  if (!organization.reachable) return {};
  const path = pathOf(organization, account);
  return {
    'aws:PrincipalOrgID': [organization.id],
    ...(path === undefined ? {} : { 'aws:PrincipalOrgPaths': [path] }),
  };
}

/** What requests without credentials lack beyond what the engine knows: KMS names the caller's account to its policies. */
export const anonymousContext: ContextValues = { 'kms:CallerAccount': [] };

/** What all requests for an account's resources carry. */
export function resourceContext(organization: Organization, account: Place | undefined): ContextValues {
  if (!organization.reachable || account === undefined) return {};
  const path = pathOf(organization, account);
  return {
    'aws:ResourceOrgID': [organization.id],
    ...(path === undefined ? {} : { 'aws:ResourceOrgPaths': [path] }),
  };
}

/**
 * The tags of a principal. A user has no others; a role's sessions may bring tags of their own, so what the role does
 * not have stays open.
 *
 * @param documents all that are asked, for the tags that they name
 */
export function principalTagContext(
  type: 'user' | 'role',
  tags: Readonly<Record<string, string>> | undefined,
  documents: readonly PolicyDocument[],
): ContextValues {
  if (tags === undefined) return {};
  const values: Record<string, readonly string[]> = {};
  if (type === 'user') {
    for (const key of keysOf(documents)) if (key.startsWith('aws:principaltag/')) values[key] = [];
  }
  for (const [name, value] of Object.entries(tags)) values[`aws:principaltag/${name.toLowerCase()}`] = [value];
  return values;
}

/** The tags of a resource. */
export function resourceTagContext(tags: Readonly<Record<string, string>>): ContextValues {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, [value]]));
}

/** The condition keys and policy variables that documents name, in lower case. */
function keysOf(documents: readonly PolicyDocument[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { statements } of documents) {
    for (const { conditions, resources } of statements) {
      const texts = [...conditions.flatMap((one) => one.values), ...(resources?.patterns ?? [])];
      for (const { key } of conditions) keys.add(key.toLowerCase());
      for (const text of texts) {
        for (const [, key = ''] of text.matchAll(/\$\{([^},]+)/g)) keys.add(key.trim().toLowerCase());
      }
    }
  }
  return keys;
}

/**
 * What requests from outside of the organisation carry: no `aws:PrincipalOrgID`, or that of another organisation. A
 * made-up id stands for both where every condition on the key comes to the same with either, and names our own id
 * alone; elsewhere the key stays open.
 */
export function outsideContext(organization: Organization, documents: readonly PolicyDocument[]): ContextValues {
  if (!organization.reachable) return {};
  const tests = documents.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.filter(({ key }) => key.toLowerCase() === 'aws:principalorgid')),
  );
  const clear = tests.every(({ operator, quantifier, ifExists, values }) => {
    const negated = operator.includes('Not');
    const plain = operator.startsWith('String') && quantifier === undefined && (negated || !ifExists);
    return plain && values.every((value) => value === organization.id);
  });
  return clear ? { 'aws:PrincipalOrgID': ['o-another0000'] } : {};
}
