import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when a security contact is set: https://docs.aws.amazon.com/config/latest/developerguide/security-account-information-provided.html */
export const check = resourceCheck({
  subject: 'AWS::Account::AlternateContact',
  title: 'The account should have a security contact',
  severity: 'medium',
  severityReason: 'Notices of AWS about abuse or leaked keys then go to a mailbox that may be read by nobody.',
  why: 'AWS writes to the security contact when it sees abuse, leaked keys or a vulnerability. Without one, the mail goes to the root address.',
  fix: {
    text: 'Set an address and number that the security team reads and answers. From the management account this can be done for all members.',
    cli: 'aws account put-alternate-contact --alternate-contact-type SECURITY --name "<team>" --title "<title>" --email-address <address> --phone-number <number> --account-id <account>',
    terraform: `resource "aws_account_alternate_contact" "security" {
  alternate_contact_type = "SECURITY"
  name                   = "<team>"
  title                  = "<title>"
  email_address          = "<address>"
  phone_number           = "<number>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/security-account-information-provided.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html#account-1',
    'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html',
  ],
  controls: {
    securityHub: ['Account.1'],
    configRules: ['security-account-information-provided'],
    cis30: ['1.2'],
    cis50: ['1.2'],
    prowler: ['account_security_contact_information_is_registered'],
  },
  evaluate({ config }) {
    return config.security ? pass('A security contact is set.') : fail('No security contact is set.');
  },
});
