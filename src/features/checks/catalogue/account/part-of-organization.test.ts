import { denied, testCheck } from '../../testing.ts';
import { check } from './part-of-organization.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/account-part-of-organizations.html';
const api = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html';

testCheck(
  'account-part-of-organization',
  check,
  [
    { name: 'a member', expect: 'pass', reason: 'o-exampleorgid' },
    { name: 'the management account', account: { isManagement: true }, expect: 'pass', source: rule },
    {
      name: 'AWS says that there is no organisation',
      organization: { id: 'account-111122223333', reachable: false, managementAccount: '111122223333' },
      expect: 'fail',
      source: api,
    },
    {
      name: 'AWS refuses to say',
      organization: {
        id: 'account-111122223333',
        reachable: false,
        managementAccount: denied('organizations:DescribeOrganization'),
      },
      expect: 'unknown',
      reason: 'organizations:DescribeOrganization',
    },
    { name: 'Organizations out of reach', organization: null, expect: 'unknown' },
  ],
  { notApplicable: 'every account can join an organisation' },
);
