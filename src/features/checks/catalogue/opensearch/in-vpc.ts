import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes for domains in a VPC: https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-2 */
export const check = resourceCheck({
  subject: 'AWS::OpenSearchService::Domain',
  title: 'OpenSearch domains should be in a VPC',
  severity: 'high',
  severityReason: 'Nothing but the access policy stands between the internet and the data.',
  why: 'An endpoint on the internet is found by whoever looks for it. In a VPC, security groups decide who reaches the domain before any policy or password is asked.',
  fix: {
    text: 'A domain cannot be moved: create another in a VPC, restore a snapshot into it and delete this one.',
    cli: 'aws opensearch create-domain --domain-name <new name> --vpc-options SubnetIds=<subnet-id>,SecurityGroupIds=<security-group-id>',
    cloudformation: `Type: AWS::OpenSearchService::Domain
Properties:
  VPCOptions:
    SubnetIds: [<subnet-id>]
    SecurityGroupIds: [<security-group-id>]`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-2',
    'https://docs.aws.amazon.com/config/latest/developerguide/opensearch-in-vpc-only.html',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html',
  ],
  controls: {
    securityHub: ['Opensearch.2', 'ES.2'],
    configRules: ['opensearch-in-vpc-only', 'elasticsearch-in-vpc-only'],
    attack: ['T1190', 'T1530'],
  },
  evaluate: ({ config }) =>
    config.vpcId === null
      ? fail('The domain has an endpoint on the internet.')
      : pass(`The domain is in the VPC ${config.vpcId}.`),
});
