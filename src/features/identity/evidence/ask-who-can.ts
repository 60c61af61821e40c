// Reads what "who can" needs and asks: the accounts that the resource can admit, and no others.

import { admits, admittedAccounts, type Admitted } from '../questions/admitted.ts';
import { fitNotes } from '../questions/resource-fit.ts';
import { answerWhoCan, type Grantees, type WhoCanAnswer } from '../questions/who-can.ts';
import { PolicyLibrary } from '../compiled/library.ts';
import type { AccountEvidence, EvidenceReader } from './evidence-reader.ts';
import { loadOrganisation, type LoadedOrganisation } from './organisation.ts';
import type { ResourceEvidence } from './resource-facts.ts';
import { documentOf, opening } from './source-policy.ts';

/** An account of whose users and roles nothing, or nothing new, is known. */
export interface UnknownAccount {
  readonly account: string;
  readonly name: string;
  readonly reason: string;
  /** False where the resource's policies admit nobody from it, so that the answer is no whatever its own policies say. */
  readonly possible: boolean;
}

export interface WhoCanReport {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string | null;
  readonly accounts: readonly (Grantees & { readonly name: string })[];
  readonly outside: WhoCanAnswer['outside'];
  readonly unknown: { readonly accounts: readonly UnknownAccount[]; readonly notes: readonly string[] };
  readonly notes: readonly string[];
}

/** Organisations that are loaded already, by the accounts that they hold: for many questions one after the other. */
export type OrganisationCache = Map<string, LoadedOrganisation>;

/**
 * Who can do an action on a resource. For `*` every account is asked about its own.
 *
 * @param action as AWS writes it
 */
export async function askWhoCan(
  reader: EvidenceReader,
  action: string,
  resource: ResourceEvidence,
  context: Readonly<Record<string, readonly string[]>> = {},
  loaded: OrganisationCache = new Map(),
): Promise<WhoCanReport> {
  const everywhere = resource.arn === '*' && resource.account === undefined;
  const admitted = everywhere ? 'everyone' : admittedOf(resource);
  const parts: WhoCanAnswer[] = [];
  if (everywhere) {
    const library = new PolicyLibrary();
    for (const id of reader.accounts.keys()) {
      parts.push(await askOwner(reader, action, resource, id, [id], context, library));
    }
  } else {
    const wanted = [...reader.accounts.keys()].filter((id) => id === resource.account || admits(admitted, id));
    parts.push(await askOwner(reader, action, resource, resource.account ?? '', wanted, context, undefined, loaded));
  }
  const { policy, accessPointPolicy } = resource;
  const unread = [policy, accessPointPolicy].flatMap((source) => (source?.unread === undefined ? [] : [source]));
  return {
    action,
    resource: resource.arn,
    resourceAccount: resource.account ?? null,
    accounts: parts
      .flatMap((part) => part.accounts)
      .map((group) => ({ ...group, name: reader.accounts.get(group.account)?.account.name ?? '' })),
    outside: parts.flatMap((part) => part.outside),
    unknown: {
      accounts: [...reader.accounts.values()].flatMap((known) => unknownOf(known, resource, admitted)),
      notes: [
        ...unread.map(({ title, unread: why }) => `${opening(title)} could not be read: ${why}.`),
        ...resource.unknown,
      ],
    },
    notes: fitNotes(action, resource.arn),
  };
}

function admittedOf({ policy, accessPointPolicy, s3, kmsGrants }: ResourceEvidence): Admitted {
  const sources = [policy, accessPointPolicy].filter((source) => source !== undefined);
  return admittedAccounts(sources.map(documentOf), s3.acl, kmsGrants);
}

function unknownOf(known: AccountEvidence, resource: ResourceEvidence, admitted: Admitted): readonly UnknownAccount[] {
  const { account, reading } = known;
  if (reading.identities === 'read') return [];
  const possible = account.id === resource.account || admits(admitted, account.id);
  const reason = reading.identities === 'stale' ? `${reading.why}; what an earlier scan saw is used` : reading.why;
  return [{ account: account.id, name: account.name, reason, possible }];
}

async function askOwner(
  reader: EvidenceReader,
  action: string,
  resource: ResourceEvidence,
  owner: string,
  wanted: readonly string[],
  context: Readonly<Record<string, readonly string[]>>,
  library?: PolicyLibrary,
  cache?: OrganisationCache,
): Promise<WhoCanAnswer> {
  const key = `${owner} ${wanted.join(' ')}`;
  const loaded = cache?.get(key) ?? (await loadOrganisation(reader, wanted, [owner], library));
  cache?.set(key, loaded);
  const found = loaded.organisation.accounts.find((account) => account.id === owner);
  const stranger = {
    id: owner,
    isManagement: false,
    readable: false,
    context: {},
    serviceControl: [],
    resourceControl: [],
    first: 0,
    end: 0,
  };
  const question = {
    organization: reader.organization,
    action,
    resource,
    resourceAccount: found ?? stranger,
    ownerPlace: reader.accounts.get(owner)?.account,
    context,
  };
  return answerWhoCan(question, loaded);
}
