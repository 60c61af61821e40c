import { denied, make, testCheck } from '../../testing.ts';
import { check } from './documents-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ssm-document-not-public.html';
const sharing = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html';

const accounts = (count: number): string[] => Array.from({ length: count }, (_, at) => String(444455556661 + at));

testCheck(
  'ssm-documents-not-public',
  check,
  [
    { name: 'not shared', subject: make('AWS::SSM::Document', { sharedWith: [] }), expect: 'pass' },
    {
      name: 'shared with everybody',
      subject: make('AWS::SSM::Document', { sharedWith: ['all'] }),
      expect: 'fail',
      reason: 'all accounts',
      source: rule,
    },
    {
      name: 'shared with everybody and one account',
      subject: make('AWS::SSM::Document', { sharedWith: ['444455556666', 'All'] }),
      expect: 'fail',
      source: sharing,
    },
    {
      name: 'shared with one account',
      subject: make('AWS::SSM::Document', { sharedWith: ['444455556666'] }),
      expect: 'pass',
      reason: '444455556666',
      source: rule,
    },
    {
      name: 'shared with three accounts',
      subject: make('AWS::SSM::Document', { sharedWith: accounts(3) }),
      expect: 'pass',
      reason: 'shared with 444455556661, 444455556662, 444455556663.',
    },
    {
      name: 'shared with four accounts',
      subject: make('AWS::SSM::Document', { sharedWith: accounts(4) }),
      expect: 'pass',
      reason: 'shared with 444455556661, 444455556662, 444455556663 and 1 more.',
    },
    {
      name: 'with whom it is shared could not be read',
      subject: make('AWS::SSM::Document', { sharedWith: denied('ssm:DescribeDocumentPermission') }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every document can be shared' },
);
