import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';

/**
 * Fails when the repository's policy opens it to everybody with an AWS account; conditions on fixed values do not.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export const check = resourceCheck({
  subject: 'AWS::ECR::Repository',
  title: 'Private ECR repositories should not be open to the public',
  severity: 'critical',
  severityReason: 'Anybody with an AWS account could pull the images, or push images that your services then run.',
  why: 'Images hold code, and often secrets that were forgotten in a layer. A repository that others may push to puts their code into your clusters and functions.',
  fix: {
    text: 'Name the accounts in the repository’s policy, or add a condition on aws:PrincipalOrgID. Publish images that are meant for everybody in Amazon ECR Public.',
    cli: 'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html',
  ],
  controls: { attack: ['T1525', 'T1530'], prowler: ['ecr_repositories_not_publicly_accessible'] },
  evaluate({ arn, config }, context) {
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The repository has no policy.');
    return judgePublic('repository', { kind: 'repository', arn, policy }, context);
  },
});
