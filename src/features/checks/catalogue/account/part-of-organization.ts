import { known } from '../../../../domain/evidence.ts';
import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes for an account of an organisation: https://docs.aws.amazon.com/config/latest/developerguide/account-part-of-organizations.html */
export const check = scopeCheck({
  subject: 'account',
  needs: [],
  title: 'The account should be part of an organisation',
  severity: 'high',
  severityReason: 'Nothing outside limits what its administrators, or whoever takes their place, may do.',
  why: 'Service control policies, central logging, central root management and consolidated security services reach members of an organisation only.',
  fix: {
    text: 'Invite the account into your organisation, or create an organisation with it.',
    cli: `aws organizations invite-account-to-organization --target Id=<account>,Type=ACCOUNT`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/account-part-of-organizations.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html#account-2',
    'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html',
  ],
  controls: {
    securityHub: ['Account.2'],
    configRules: ['account-part-of-organizations'],
    prowler: ['organizations_account_part_of_organizations'],
  },
  evaluate({ organization }) {
    if (organization === undefined) return unknown('Organizations could not be asked.');
    if (organization.reachable) return pass(`The account belongs to the organisation ${organization.id}.`);
    known(organization.managementAccount);
    return fail('The account belongs to no organisation.');
  },
});
