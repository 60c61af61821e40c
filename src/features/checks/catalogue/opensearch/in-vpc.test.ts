import { make, testCheck } from '../../testing.ts';
import { check } from './in-vpc.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/opensearch-in-vpc-only.html';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'es:*', Resource: '*' }],
});

testCheck(
  'opensearch-in-vpc',
  check,
  [
    { name: 'in a VPC', subject: make('AWS::OpenSearchService::Domain', { vpcId: 'vpc-1a2b3c4d' }), expect: 'pass' },
    {
      name: 'an endpoint on the internet',
      subject: make('AWS::OpenSearchService::Domain', { vpcId: null }),
      expect: 'fail',
      reason: 'endpoint on the internet',
      source: rule,
    },
    {
      name: 'an endpoint on the internet, for its own account alone',
      subject: make('AWS::OpenSearchService::Domain', { vpcId: null, policy }),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'the domains could not be read',
      incomplete: ['AWS::OpenSearchService::Domain'],
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every domain has an endpoint somewhere' },
);
