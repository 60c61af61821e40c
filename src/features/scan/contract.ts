// What a scan needs and what it tells.

import type { Account, Organization } from '../../domain/account.ts';
import type { AccountAccess } from '../../platform/aws/contract.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { Catalogue, CheckEntry, CheckJudgement, ParameterValues } from '../checks/index.ts';
import type { ContextRules } from '../discovery/index.ts';
import type { UnitResult } from '../inventory/index.ts';
import type { ScanOptions } from './options.ts';
import type { AccountDependencies } from './process-account.ts';
import type { AccountScanStatus, ScanAccountRecord, ScanRecord } from './scan-store.ts';

export interface ScanEvents {
  /** The scan's id, whether it goes on with an earlier one, and its accounts as they stand. */
  started(scan: ScanRecord, resumed: boolean, accounts: readonly ScanAccountRecord[], organization: Organization): void;
  message(text: string): void;
  planned(units: number): void;
  units(results: readonly UnitResult[]): void;
  judged(account: Account, judgements: readonly CheckJudgement[]): void;
  accountDone(account: Account, status: AccountScanStatus): void;
}

export interface ScanDependencies extends Pick<
  AccountDependencies,
  'aws' | 'collectors' | 'homeRegion' | 'classify' | 'findSecrets' | 'clock' | 'unitTimeoutMs' | 'pageSize' | 'signal'
> {
  store: Store;
  catalogue: Catalogue;
  entries: readonly CheckEntry[];
  parameters: ParameterValues;
  contextRules: ContextRules;
  regionsOf: (access: AccountAccess, options: ScanOptions) => ReturnType<AccountDependencies['regionsOf']>;
  accountsAtOnce: number;
  /** Regions of each account that are read at once while all accounts' turns are taken. */
  regionsAtOnce: number;
  programVersion: string;
  /** Evidence of scans that began earlier is deleted at the end; undefined to keep it. */
  retentionDays?: number;
  /** Begin anew even where an unfinished scan could be continued. */
  fresh: boolean;
  events: ScanEvents;
}
