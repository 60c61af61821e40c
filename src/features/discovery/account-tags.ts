// The tags of accounts. They cost a call each, so they are read beside a scan unless its selection asks for them.

import type { Account, AccountContext } from '../../domain/account.ts';
import { type Evidence, type Unread, isUnread, unread } from '../../domain/evidence.ts';
import type { Gap } from '../../domain/gap.ts';
import { type ContextRules, contextOf } from './context.ts';
import type { DiscoveryDependencies } from './contract.ts';
import { gapCollector } from './gap-collector.ts';
import { mapLimited } from './map-limited.ts';
import { evidenceOf } from './organization-facts.ts';
import { type OrganizationReader, organizationReader } from './organization-reader.ts';

/** Tags that nobody has waited for yet. The store keeps what it knew of an account until they are read. */
export const tagsNotRead: Unread = unread('organizations:ListTagsForResource', 'timeout');

/** Tag calls under way at once. */
export const tagCallsAtOnce = 5;

export interface TaggedAccount {
  id: string;
  tags: Evidence<Readonly<Record<string, string>>>;
  context: AccountContext;
}

/** Reads the tags of accounts, and their context anew with them. */
export async function readTags(
  reader: Pick<OrganizationReader, 'tags'>,
  accounts: readonly Pick<Account, 'id' | 'ouPath'>[],
  rules: ContextRules,
): Promise<TaggedAccount[]> {
  return await mapLimited(accounts, tagCallsAtOnce, async ({ id, ouPath }) => {
    const tags = evidenceOf(
      await reader.tags(id),
      (list) => Object.fromEntries(list.map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
      {},
    );
    return { id, tags, context: contextOf(id, ouPath, isUnread(tags) ? {} : tags, rules) };
  });
}

/** Reads the tags of accounts after a discovery that left them. Nothing that AWS refuses ends it. */
export async function readAccountTags(
  { aws, homeRegion, classify, contextRules, signal }: DiscoveryDependencies,
  accounts: readonly Pick<Account, 'id' | 'ouPath'>[],
): Promise<{ tagged: TaggedAccount[]; gaps: Gap[] }> {
  const { account, partition } = await aws.identity();
  const { onGap, gaps } = gapCollector(account);
  const reader = organizationReader(await aws.own(), homeRegion(partition), classify, onGap, signal);
  return { tagged: await readTags(reader, accounts, contextRules), gaps: gaps() };
}
