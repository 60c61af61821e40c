import { notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';

/**
 * Fails when a domain with an endpoint on the internet has an access policy for everybody. Where fine-grained access
 * control asks for a name and a password, AWS itself recommends such a policy.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html#fgac-access-policies
 */
export const check = resourceCheck({
  subject: 'AWS::OpenSearchService::Domain',
  title: 'OpenSearch domains should not be open to the public',
  severity: 'critical',
  severityReason: 'Everybody on the internet can search, change or delete what the domain holds.',
  why: 'Open search domains are found within hours, copied and held to ransom. The access policy of a domain on the internet is its only door unless the domain asks for a password.',
  fix: {
    text: 'Name accounts or roles in the access policy, or address ranges of your own, and turn on fine-grained access control. Better still, put the domain into a VPC.',
    cli: 'aws opensearch update-domain-config --domain-name <domain> --access-policies file://policy.json',
  },
  references: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html',
  ],
  controls: {
    attack: ['T1190', 'T1530'],
    prowler: ['opensearch_service_domains_not_publicly_accessible'],
  },
  evaluate({ arn, config }, context) {
    const { policy, vpcId, fineGrainedAccessControl, anonymousAccess } = config;
    if (vpcId !== null) return notApplicable(`The domain is in the VPC ${vpcId}: nobody reaches it from the internet.`);
    if (policy === null) return notApplicable('The domain has no access policy: it admits its own account alone.');
    if (fineGrainedAccessControl && !anonymousAccess)
      return pass('The domain asks everybody for a name and a password (fine-grained access control).');
    return judgePublic('domain', { kind: 'domain', arn, policy }, context);
  },
});
