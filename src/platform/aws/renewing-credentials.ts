// Credentials that renew themselves before they expire, fetched once however many ask.

import type { Clock } from '../clock/clock.ts';

/** Credentials as the SDK takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Absent for long-lived keys. */
  readonly expiration?: Date;
}

export type CredentialsProvider = () => Promise<Credentials>;

/** Renewed this long before they expire, in milliseconds; twice what the SDK itself demands. */
const margin = 10 * 60_000;

/**
 * Keeps what `fetch` gives until ten minutes before it expires.
 * A session obtained through another role lasts an hour at most, so a long scan renews it many times:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 * When renewal fails and the old credentials still hold, those are given.
 */
export function renewing(fetch: CredentialsProvider, clock: Clock): CredentialsProvider {
  let current: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  const left = (credentials: Credentials): number =>
    credentials.expiration === undefined ? Infinity : credentials.expiration.getTime() - clock.now().getTime();
  return async () => {
    if (current !== undefined && left(current) > margin) return current;
    pending ??= fetch().finally(() => {
      pending = undefined;
    });
    try {
      current = await pending;
    } catch (error) {
      if (current === undefined || left(current) <= 0) throw error;
    }
    return current;
  };
}
