// The door of discovery: the organisation, its accounts, and which of them are meant.

export { currentOrganization } from './current-organization.ts';
export { readAccountTags, tagCallsAtOnce } from './account-tags.ts';
export {
  saveAccountTags,
  saveDiscovery,
  storedAccounts,
  storedOrganization,
  storedOrganizations,
} from './accounts-store.ts';
export { type ContextRules, defaultContextRules } from './context.ts';
export type { Discovery, DiscoveryDependencies } from './contract.ts';
export { discover } from './discover.ts';
export type { KnownAccount } from './history.ts';
export { organizationOperations } from './operations.ts';
export { delegationsOf, type Relationship, relationshipsOf, saveRelationships } from './relationships.ts';
export { type AccountSelection, selectAccounts, undecidedAccounts } from './selection.ts';
