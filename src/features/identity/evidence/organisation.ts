// Users and roles of accounts with their policies, in the compact form that questions about all of them need.

import { isUnread } from '../../../domain/evidence.ts';
import { PolicyLibrary } from '../compiled/library.ts';
import { PolicyOrganisation, type AccountInput, type PrincipalInput } from '../compiled/organisation.ts';
import { principalContext } from '../questions/known-context.ts';
import type { ControlLevel } from './control-levels.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { principalEvidence } from './principal-evidence.ts';
import { unreadKeys, type SourcePolicy } from './source-policy.ts';

/** Principals of some accounts, and the keys of the policies among theirs that could not be read. */
export interface LoadedOrganisation {
  readonly organisation: PolicyOrganisation;
  /** Condition keys of unread policies, for the context of every request. */
  readonly unread: ReadonlySet<string>;
  /** ARNs of principals whose tags could not be read. */
  readonly tagsUnread: ReadonlySet<string>;
}

/**
 * Loads accounts one after the other; of each only the compact form is kept.
 *
 * @param accounts those whose users and roles are needed
 * @param bare those of which only the control policies are needed
 */
export async function loadOrganisation(
  reader: EvidenceReader,
  accounts: Iterable<string>,
  bare: Iterable<string> = [],
  library = new PolicyLibrary(),
): Promise<LoadedOrganisation> {
  const organisation = new PolicyOrganisation(library);
  const loaded = { organisation, unread: new Set<string>(), tagsUnread: new Set<string>() };
  const wanted = new Set(accounts);
  for (const id of wanted) await addAccount(reader, loaded, id, true);
  for (const id of bare) if (!wanted.has(id)) await addAccount(reader, loaded, id, false);
  return loaded;
}

async function addAccount(
  reader: EvidenceReader,
  {
    organisation,
    unread,
    tagsUnread,
  }: { organisation: PolicyOrganisation; unread: Set<string>; tagsUnread: Set<string> },
  id: string,
  withPrincipals: boolean,
): Promise<void> {
  const known = reader.accounts.get(id);
  if (known === undefined) return;
  const { account, controls, reading } = known;
  const note = (policies: readonly SourcePolicy[]): readonly string[] => {
    for (const key of unreadKeys(policies)) unread.add(key);
    return policies.map((policy) => policy.text);
  };
  const levels = (list: readonly ControlLevel[]): string[][] => list.map((level) => [...note(level.policies)]);
  const input: AccountInput = {
    id,
    serviceControl: levels(controls.serviceControl),
    resourceControl: levels(controls.resourceControl),
    isManagement: account.isManagement,
    readable: reading.identities === 'read' && withPrincipals,
    context: principalContext(reader.organization, account),
  };
  const principals: PrincipalInput[] = [];
  if (withPrincipals && reading.identities !== 'unread') {
    const rows = await reader.identities(id);
    for (const row of rows.principals) {
      const evidence = principalEvidence(row, rows);
      const boundary = evidence.permissionsBoundary;
      if (isUnread(row.tags)) tagsUnread.add(row.arn);
      principals.push({
        arn: evidence.arn,
        identity: note(evidence.identity),
        ...(boundary === undefined ? {} : { permissionsBoundary: note([boundary])[0] ?? '' }),
        ...(isUnread(row.tags) ? {} : { tags: row.tags }),
      });
    }
  }
  organisation.addAccount(input, principals);
}
