// The world: the organisation, and models of accounts that are made when they are looked at and forgotten when many are.

import QuickLRU from 'quick-lru';
import { type Calendar, calendarOf } from './dates.ts';
import { type AccountModel, accountModel } from './model/account-model.ts';
import { type Organization, type OrganizationOptions, createOrganization } from './organization/organization.ts';
import type { AccountProfile } from './organization/profile.ts';
import { hex } from './random.ts';
import { siteOf } from './site.ts';

export interface World {
  seed: string;
  organization: Organization;
  calendar: Calendar;
  /** The model of an account of the organisation. */
  account(id: string): AccountModel | undefined;
  /** A model that is not kept: for looking at all accounts once. */
  glance(profile: AccountProfile): AccountModel;
  /** The external id that the scanner's role of an account asks for. */
  externalId(account: string): string;
  /** Accounts whose credential report has been asked for. */
  reportsAskedFor: Set<string>;
}

export interface WorldOptions extends OrganizationOptions {
  now: Date;
  /** Models kept at once. */
  models: number;
  externalId: ((account: string) => string) | undefined;
}

export function createWorld(options: WorldOptions): World {
  const { seed } = options;
  const organization = createOrganization(options);
  const calendar = calendarOf(options.now);
  const models = new QuickLRU<string, AccountModel>({ maxSize: options.models });
  const externalId = options.externalId ?? ((account: string) => `vedette-${hex(32, seed, account, 'external-id')}`);
  const glance = (profile: AccountProfile): AccountModel =>
    accountModel(siteOf(seed, calendar, organization, profile), externalId(profile.id));
  return {
    seed,
    organization,
    calendar,
    glance,
    account: (id) => {
      const kept = models.get(id);
      if (kept !== undefined) return kept;
      const profile = organization.byId.get(id);
      if (profile === undefined) return undefined;
      const made = glance(profile);
      models.set(id, made);
      return made;
    },
    externalId,
    reportsAskedFor: new Set(),
  };
}
