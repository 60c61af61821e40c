import { make, testCheck } from '../../testing.ts';
import { check } from './enabled.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-28';
const types = 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html';
const analyzer = (analyzerType: string, status = 'ACTIVE') =>
  make('AWS::AccessAnalyzer::Analyzer', { analyzerType, status });

testCheck(
  'access-analyzer-enabled',
  check,
  [
    { name: 'of the account', evidence: [analyzer('ACCOUNT')], expect: 'pass' },
    { name: 'of the organisation', evidence: [analyzer('ORGANIZATION')], expect: 'pass', source: types },
    {
      name: 'for unused access only',
      evidence: [analyzer('ACCOUNT_UNUSED_ACCESS')],
      expect: 'fail',
      reason: 'No analyzer',
      source: types,
    },
    {
      name: 'for internal access only',
      evidence: [analyzer('ORGANIZATION_INTERNAL_ACCESS')],
      expect: 'fail',
      source: control,
    },
    { name: 'disabled', evidence: [analyzer('ACCOUNT', 'DISABLED')], expect: 'fail', reason: 'DISABLED' },
    {
      name: 'one disabled and one active',
      evidence: [analyzer('ACCOUNT', 'DISABLED'), make('AWS::AccessAnalyzer::Analyzer', {}, { name: 'second' })],
      expect: 'pass',
      reason: 'second',
    },
    {
      name: 'in another region only',
      evidence: [make('AWS::AccessAnalyzer::Analyzer', {}, { region: 'us-east-1' })],
      expect: 'fail',
    },
    {
      name: 'seen, although the list is incomplete',
      evidence: [analyzer('ACCOUNT')],
      incomplete: ['AWS::AccessAnalyzer::Analyzer'],
      expect: 'pass',
    },
    { name: 'the analyzers could not be listed', incomplete: ['AWS::AccessAnalyzer::Analyzer'], expect: 'unknown' },
  ],
  { notApplicable: 'every region that is read has Access Analyzer' },
);
