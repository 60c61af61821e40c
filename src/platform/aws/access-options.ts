// What the user says about access to AWS, checked by what IAM allows.

import { UsageError } from '../../domain/errors.ts';
import type { Clock } from '../clock/clock.ts';
import type { Budget, BudgetOptions } from './budget/budget.ts';
import type { SdkClient } from './call-middleware.ts';
import type { CallSink, Purpose } from './contract.ts';
import type { Environment } from './http-handler.ts';
import type { CredentialsProvider } from './renewing-credentials.ts';

export interface AwsAccessOptions {
  /** By default `AWS_PROFILE`. A profile that is named is the only source of credentials. */
  profile?: string;
  /** Where STS is asked; by default the environment's or the profile's region, or the partition's home. */
  region?: string;
  /** The role to assume in each account, its path included, for example `security/VedetteRead`. */
  roleName: string;
  /** The roles for other purposes than reading. Without one the purpose is refused in other accounts. */
  roleNames?: Partial<Record<Exclude<Purpose, 'read'>, string>>;
  /** A role on the way: assumed first, and "we" from then on. */
  hub?: { roleArn: string; externalId?: string };
  /** The external id of an account; undefined where none is used. */
  externalId(account: string): string | undefined | Promise<string | undefined>;
  sessionName: string;
  sourceIdentity?: string;
  /** Assume the role in our own account as well. */
  assumeInOwnAccount?: boolean;
  /** Overrides the endpoint of every service. `AWS_ENDPOINT_URL` is honoured without it. */
  endpoint?: string;
  /** Requests in flight in all; 150 by default. */
  maxInFlight?: number;
  budget?: Budget | Omit<BudgetOptions, 'maxInFlight'>;
  audit: CallSink;
  clock?: Clock;
  environment?: Environment;
  mfaCode?: (serial: string) => Promise<string>;
  /** Called with every new client before its first use, so that a simulation can answer in AWS's place. */
  intercept?: (client: SdkClient) => void;
  /** Instead of the SDK's chain of credential providers. */
  credentials?: CredentialsProvider;
  /** Milliseconds before a retry; the SDK's standard backoff when not given. */
  retryDelay?: (attempt: number) => number;
  simulated?: boolean;
}

/**
 * Refuses names that IAM does not allow: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @throws UsageError
 */
export function checkOptions(options: AwsAccessOptions): void {
  for (const name of [options.roleName, ...Object.values(options.roleNames ?? {})]) {
    if (!/^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name)) {
      throw new UsageError(`"${name.slice(0, 100)}" is not a role name.`, {
        hint: 'Give the name (with its path, if it has one), not the ARN: letters, digits and +=,.@_-.',
      });
    }
  }
  if (options.hub !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(options.hub.roleArn)) {
    throw new UsageError(`"${options.hub.roleArn.slice(0, 200)}" is not the ARN of a role.`, {
      hint: 'The hub role is given as arn:aws:iam::<account>:role/<name>.',
    });
  }
  for (const name of [options.sessionName, options.sourceIdentity ?? 'none']) {
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
      throw new UsageError(`"${name.slice(0, 100)}" cannot name a session.`, {
        hint: 'Use 2 to 64 letters, digits or +=,.@_-.',
      });
    }
  }
}
