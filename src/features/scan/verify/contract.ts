// What a verification is given and what it says.

import type { AccountAccess, AwsAccess, ClassifiedError } from '../../../platform/aws/contract.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Store } from '../../../platform/store/contract.ts';
import type { Account, Organization } from '../../../domain/account.ts';
import type { Partition } from '../../../domain/arn.ts';
import type { FindingState } from '../../../domain/finding.ts';
import type { SecretMatch } from '../../../domain/secret.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import type { Catalogue, ParameterValues } from '../../checks/index.ts';
import type { StoredFinding } from '../../findings/index.ts';
import type { RegisteredCollector } from '../../inventory/index.ts';
import type { RegionsResult } from '../process-account.ts';

export interface VerifyDependencies {
  store: Store;
  aws: AwsAccess;
  organization: Organization;
  accounts: ReadonlyMap<string, Account>;
  catalogue: Catalogue;
  /** Of findings that no scan with parameters of its own found. */
  parameters: ParameterValues;
  collectors: readonly RegisteredCollector[];
  homeRegion: (partition: Partition) => string;
  classify: (error: unknown) => ClassifiedError;
  findSecrets: (text: string, location: string) => readonly SecretMatch[];
  regionsOf: (access: AccountAccess) => Promise<RegionsResult>;
  clock: Clock;
  unitTimeoutMs: number;
  pageSize: number;
  signal: AbortSignal;
}

/**
 * What became of one finding. `absent`: its subject is gone. An `unknown` changes nothing: `reason` says what could not be
 * read. Findings that were not asked for appear as well when the same subject fails another check now or no longer.
 */
export interface Verification {
  /** As it stands now. */
  finding: StoredFinding;
  /** Undefined for a finding that is new. */
  before: FindingState | undefined;
  verdict: Verdict | 'absent';
  reason: string;
  /** False for a finding of the same subject that came along. */
  asked: boolean;
}
