// What the model of one account is built on: who the account is, the calendar, and chance bound to it.

import type { AccountProfile } from './organization/profile.ts';
import type { Organization } from './organization/organization.ts';
import type { Calendar } from './dates.ts';
import * as random from './random.ts';
import type { Label, Random } from './random.ts';

export interface Site {
  seed: string;
  /** The account's id. */
  account: string;
  profile: AccountProfile;
  organization: Organization;
  calendar: Calendar;
  random(...labels: readonly Label[]): Random;
  hex(length: number, ...labels: readonly Label[]): string;
  base62(length: number, ...labels: readonly Label[]): string;
  base32(length: number, ...labels: readonly Label[]): string;
  uuid(...labels: readonly Label[]): string;
  /** An EC2 id such as `vpc-0a1b…`: the same labels give the same id, whether or not the resource was made yet. */
  ec2Id(prefix: string, ...labels: readonly Label[]): string;
  /** `arn:aws:<service>:<region>:<this account>:<resource>`. */
  arn(service: string, region: string, resource: string): string;
}

export function siteOf(seed: string, calendar: Calendar, organization: Organization, profile: AccountProfile): Site {
  const account = profile.id;
  return {
    seed,
    account,
    profile,
    organization,
    calendar,
    random: (...labels) => random.randomOf(seed, account, ...labels),
    hex: (length, ...labels) => random.hex(length, seed, account, ...labels),
    base62: (length, ...labels) => random.base62(length, seed, account, ...labels),
    base32: (length, ...labels) => random.upperBase32(length, seed, account, ...labels),
    uuid: (...labels) => random.uuid(seed, account, ...labels),
    ec2Id: (prefix, ...labels) => `${prefix}-0${random.hex(16, seed, account, prefix, ...labels)}`,
    arn: (service, region, resource) => `arn:aws:${service}:${region}:${account}:${resource}`,
  };
}

/**
 * Deals groups of specimens to accounts: about `density` groups an account, and every group to at least one.
 * The groups of one account are neighbours in the list.
 */
export function dealt<T>(groups: readonly T[], site: Site, density: number): readonly T[] {
  const { plantIndex } = site.profile;
  const places = site.organization.plantable;
  if (plantIndex === undefined || groups.length === 0) return [];
  const slots = Math.max(groups.length, Math.round(places * density));
  const offset = random.randomOf(site.seed, 'deal', groups.length).int(groups.length);
  const mine: T[] = [];
  for (let slot = plantIndex; slot < slots; slot += places) mine.push(groups[(slot + offset) % groups.length] as T);
  return mine;
}
