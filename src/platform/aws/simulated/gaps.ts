// What cannot be read in the simulated organisation, account by account.

import type { PlantedGap } from './manifest.ts';
import { regionsLeftOpen, sandboxRegions } from './organization/policies.ts';
import type { AccountProfile } from './organization/profile.ts';
import { defaultRegions } from './regions.ts';

function troublesOf(profile: AccountProfile): PlantedGap[] {
  const account = profile.id;
  const { trouble } = profile;
  if (profile.state !== 'ACTIVE') {
    return [
      {
        account,
        regions: ['*'],
        action: '*',
        reason: 'unreachable',
        note: `the account is ${profile.state}: no role can be assumed in it`,
      },
    ];
  }
  switch (trouble?.kind) {
    case undefined:
      return [];
    case 'role-absent':
      return [
        { account, regions: ['*'], action: '*', reason: 'unreachable', note: "the scanner's role does not exist" },
      ];
    case 'role-refuses':
      return [
        {
          account,
          regions: ['*'],
          action: '*',
          reason: 'unreachable',
          note: "the scanner's role asks for another external id",
        },
      ];
    case 'narrow':
      return trouble.actions.map((action) => ({
        account,
        regions: ['*'],
        action,
        reason: 'denied',
        note:
          trouble.how === 'explicit'
            ? "a statement of the scanner's role denies it"
            : "nothing allows it to the scanner's role",
      }));
    case 'slow':
      return trouble.operations.map((operation) => ({
        account,
        regions: ['*'],
        action: operation,
        reason: 'slow',
        note: 'answers late',
      }));
    case 'throttled':
      return [
        {
          account,
          regions: [trouble.region],
          action: trouble.operation,
          reason: 'throttled',
          note: 'refused for its rate whenever it is called',
        },
      ];
  }
}

/** All gaps that were planted. */
export function gapsOf(accounts: readonly AccountProfile[]): PlantedGap[] {
  return accounts.flatMap((profile) => {
    const gaps = troublesOf(profile);
    if (profile.state === 'ACTIVE' && regionsLeftOpen(profile.unit) !== undefined) {
      const regions = defaultRegions.filter((region) => !sandboxRegions.includes(region));
      gaps.push({
        account: profile.id,
        regions,
        action: '*',
        reason: 'denied',
        note: 'closed by a service control policy',
      });
    }
    return gaps;
  });
}
