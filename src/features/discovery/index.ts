// The door of discovery: the organisation, its accounts, and which of them are meant.

export { currentOrganization } from './current-organization.ts';
export { saveDiscovery, storedAccounts, storedOrganization, storedOrganizations } from './accounts-store.ts';
export { type ContextRules, defaultContextRules } from './context.ts';
export { type Discovery, type DiscoveryDependencies, discover } from './discover.ts';
export type { KnownAccount } from './history.ts';
export { organizationOperations } from './operations.ts';
export { delegationsOf, type Relationship, relationshipsOf, saveRelationships } from './relationships.ts';
export { type AccountSelection, selectAccounts } from './selection.ts';
