import { make, testCheck } from '../../testing.ts';
import { check } from './security-contact.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/security-account-information-provided.html';
const contacts = 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html';

testCheck(
  'account-security-contact',
  check,
  [
    { name: 'set', subject: make('AWS::Account::AlternateContact'), expect: 'pass', source: rule },
    {
      name: 'not set',
      subject: make('AWS::Account::AlternateContact', { security: false }),
      expect: 'fail',
      source: contacts,
    },
    { name: 'the contact could not be read', incomplete: ['AWS::Account::AlternateContact'], expect: 'unknown' },
  ],
  { notApplicable: 'every account can have a contact' },
);
