// Account Management: regions and contacts.

import type * as sdk from '@aws-sdk/client-account';
import type { Region, RegionOptStatus } from '@aws-sdk/client-account';
import type { Answers, Call } from '../call.ts';
import type { AccountModel } from '../model/account-model.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import { allRegions, defaultRegions } from '../regions.ts';

/** The account that is asked about: another one only from the management account or a delegated administrator. */
function asked(call: Call, accountId: string | undefined): AccountModel {
  if (accountId === undefined || accountId === call.site.account) return call.account;
  const { organization } = call.world;
  const mayAsk =
    call.site.profile === organization.management ||
    organization.delegatedTo(call.site.profile).includes('account.amazonaws.com');
  const other = mayAsk ? call.world.account(accountId) : undefined;
  return other ?? refuse('AccessDeniedException', 'User is not authorized to access this resource', { status: 403 });
}

function statusOf(account: AccountModel, region: string): RegionOptStatus {
  if ((defaultRegions as readonly string[]).includes(region)) return 'ENABLED_BY_DEFAULT';
  return account.profile.optedIn.includes(region) ? 'ENABLED' : 'DISABLED';
}

export const account: Answers<typeof sdk> = {
  ListRegions: (input, call) => {
    const of = asked(call, input.AccountId);
    const regions = allRegions
      .map((RegionName): Region => ({ RegionName, RegionOptStatus: statusOf(of, RegionName) }))
      .filter((region) => input.RegionOptStatusContains?.includes(region.RegionOptStatus ?? 'DISABLED') ?? true);
    const { items, next } = page(regions, input.NextToken, input.MaxResults, 50, 'ValidationException');
    return { Regions: [...items], NextToken: next };
  },
  GetRegionOptStatus: (input, call) => ({
    RegionName: input.RegionName,
    RegionOptStatus: statusOf(asked(call, input.AccountId), input.RegionName ?? ''),
  }),
  GetAlternateContact: (input, call) => {
    const of = asked(call, input.AccountId);
    const has =
      input.AlternateContactType === 'SECURITY' ? of.contacts.security : input.AlternateContactType === 'BILLING';
    if (!has) {
      refuse('ResourceNotFoundException', 'No contact of the inputted alternate contact type found.', { status: 404 });
    }
    return {
      AlternateContact: {
        AlternateContactType: input.AlternateContactType,
        Name: 'Simulated desk',
        Title: 'Duty desk',
        EmailAddress: 'security@simulated.example.com',
        PhoneNumber: '+1 555 0100',
      },
    };
  },
  GetContactInformation: (input, call) => {
    asked(call, input.AccountId);
    return {
      ContactInformation: {
        FullName: 'Simulated Group',
        CompanyName: 'Simulated Group',
        AddressLine1: '1 Example Street',
        City: 'Exampletown',
        PostalCode: '00000',
        CountryCode: 'US',
        PhoneNumber: '+1 555 0100',
      },
    };
  },
};
