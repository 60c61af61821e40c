import { make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
import { check } from './not-public.ts';

const rule = 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html';
const fgac = 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html';

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: 'es:ESHttp*',
  Resource: 'arn:aws:es:eu-west-1:111122223333:domain/logs/*',
};
const open = documentOf(anybody);
const subject = (changes: Part = {}) =>
  make('AWS::OpenSearchService::Domain', { vpcId: null, policy: documentOf({ ...anybody, ...changes }) });

testCheck('opensearch-not-public', check, [
  ...publicPolicyCases(subject, rule, 'es:ESHttpGet'),
  {
    name: 'everybody, from one network',
    subject: subject({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    expect: 'pass',
    source: rule,
  },
  {
    name: 'everybody, from everywhere',
    subject: subject({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'everybody, for one index',
    subject: subject({ Resource: 'arn:aws:es:eu-west-1:111122223333:domain/logs/open/_search' }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'everybody may configure it, which no access policy can give',
    subject: subject({ Action: 'es:UpdateDomainConfig' }),
    expect: 'pass',
    source: rule,
  },
  {
    name: 'in a VPC',
    subject: make('AWS::OpenSearchService::Domain', { vpcId: 'vpc-1a2b3c4d', policy: open }),
    expect: 'not-applicable',
    source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html',
  },
  {
    name: 'everybody, who then has to give a password',
    subject: make('AWS::OpenSearchService::Domain', { vpcId: null, policy: open, fineGrainedAccessControl: true }),
    expect: 'pass',
    reason: 'a password',
    source: fgac,
  },
  {
    name: 'everybody, and no password is asked for yet',
    subject: make('AWS::OpenSearchService::Domain', {
      vpcId: null,
      policy: open,
      fineGrainedAccessControl: true,
      anonymousAccess: true,
    }),
    expect: 'fail',
    source: fgac,
  },
  {
    name: 'no access policy',
    subject: make('AWS::OpenSearchService::Domain', { vpcId: null, policy: null }),
    expect: 'not-applicable',
  },
  {
    name: 'the access policy is not JSON',
    subject: make('AWS::OpenSearchService::Domain', { vpcId: null, policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);
