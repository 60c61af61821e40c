// Reads the policies of one principal and asks for all that it can do.

import { UsageError } from '../../../domain/errors.ts';
import { principalContext, principalTagContext } from '../questions/known-context.ts';
import { principalCan, type PrincipalCanAnswer } from '../questions/principal-can.ts';
import type { PrincipalLayers } from '../questions/principal-actions.ts';
import { isInAccount } from '../policy/principal.ts';
import { askedPrincipal, type AskedPrincipal } from './asked.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { documentOf, opening, unreadKeys, type SourcePolicy } from './source-policy.ts';

/**
 * What a user, role or root user can do by its own policies, within its boundary and the service control policies.
 * Identity policies that could not be read are left out and named: they may give more, or deny some of it.
 *
 * @throws UsageError when there is no such principal, or it is none that has policies
 */
export async function askPrincipalCan(
  reader: EvidenceReader,
  text: string,
  service: string | undefined,
): Promise<PrincipalCanAnswer> {
  const asked = await askedPrincipal(reader, text);
  if (!isInAccount(asked.principal)) {
    throw new UsageError(`${text} has no policies of its own.`, {
      hint: 'Ask "who-can" about a resource to see what its policy gives to services, identity providers and anybody.',
    });
  }
  const { evidence, account, principal } = asked;
  if (account === undefined || (evidence === undefined && principal.kind !== 'root')) {
    const why =
      account === undefined
        ? `Account ${principal.account} is not in the organisation.`
        : `Account ${account.account.id} could not be read: ${account.reading.why}.`;
    return { ...nothingKnown, principal: text, unknown: [why] };
  }
  const layers = layersOf(reader, asked);
  return { ...principalCan(text, layers, service), unknown: unknownOf(asked, layers) };
}

const nothingKnown: Omit<PrincipalCanAnswer, 'principal' | 'unknown'> = {
  everything: false,
  totals: { always: 0, partly: 0, known: 0 },
  services: [],
  actions: [],
  permissionsManagement: { always: [], partly: [] },
  escalations: [],
  limits: [],
};

/** The policies of a principal as questions about all actions take them. */
export function layersOf(reader: EvidenceReader, { principal, evidence, account }: AskedPrincipal): PrincipalLayers {
  const identity = (evidence?.identity ?? []).filter((source) => source.unread === undefined);
  const permissionsBoundary = evidence?.permissionsBoundary;
  const serviceControl = account?.controls.serviceControl ?? [];
  const limiting = [
    ...(permissionsBoundary === undefined ? [] : [permissionsBoundary]),
    ...serviceControl.flatMap((level) => level.policies),
  ];
  const documents = [...identity, ...limiting].map(documentOf);
  const tags = evidence === undefined ? {} : principalTagContext(evidence.type, evidence.tags, documents);
  const place = account === undefined ? {} : principalContext(reader.organization, account.account);
  return {
    principal,
    identity,
    permissionsBoundary,
    serviceControl,
    inManagementAccount: account?.account.isManagement ?? false,
    context: { values: { ...place, ...tags }, present: unreadKeys(limiting), complete: false },
  };
}

function unknownOf({ evidence, account }: AskedPrincipal, layers: PrincipalLayers): readonly string[] {
  const sources: readonly SourcePolicy[] = [
    ...(evidence?.identity ?? []),
    ...(layers.permissionsBoundary === undefined ? [] : [layers.permissionsBoundary]),
    ...layers.serviceControl.flatMap((level) => level.policies),
  ];
  const unread = sources.flatMap(({ title, unread: why }) => {
    if (why === undefined) return [];
    return [`${opening(title)} could not be read (${why}): it may give more, or take some of this away.`];
  });
  const stale =
    account?.reading.identities === 'stale' && evidence !== undefined
      ? [
          `Account ${account.account.id} could not be read by the newest scan (${account.reading.why}): this is as of ${evidence.collectedAt}.`,
        ]
      : [];
  return [...unread, ...stale];
}
