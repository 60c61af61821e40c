// Who an account is: what the organisation says of it, and what is wrong with reading it.

import type { Unit } from './units.ts';

export type AccountRole = 'management' | 'security' | 'log-archive' | 'network' | 'shared' | 'workload' | 'sandbox';
export type AccountState = 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';
export type Environment = 'production' | 'staging' | 'development' | 'sandbox' | 'platform';

/** What keeps a scanner from reading an account wholly. */
export type Trouble =
  | { kind: 'role-absent' }
  | { kind: 'role-refuses' }
  /** The role may not do some actions: `explicit` by a Deny statement, `implicit` because nothing allows them. */
  | { kind: 'narrow'; how: 'explicit' | 'implicit'; actions: readonly string[] }
  | { kind: 'slow'; operations: readonly string[] }
  /** One operation in one region that is throttled whenever it is called. */
  | { kind: 'throttled'; operation: string; region: string };

export interface AccountProfile {
  id: string;
  index: number;
  name: string;
  email: string;
  role: AccountRole;
  state: AccountState;
  unit: Unit;
  environment: Environment;
  team: string;
  tags: Readonly<Record<string, string>>;
  joinedDaysAgo: number;
  joinedMethod: 'INVITED' | 'CREATED';
  /** Regions in which the account runs something; the first is its main one. */
  usedRegions: readonly string[];
  /** Regions that the account opted in to. */
  optedIn: readonly string[];
  trouble: Trouble | undefined;
  /** Position among the accounts that carry plants; undefined for those that do not. */
  plantIndex: number | undefined;
}
