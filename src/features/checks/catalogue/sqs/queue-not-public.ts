import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';

/**
 * Fails when the queue's policy opens it to everybody; conditions on fixed values keep the public out.
 * https://docs.aws.amazon.com/config/latest/developerguide/sqs-queue-no-public-access.html
 */
export const check = resourceCheck({
  subject: 'AWS::SQS::Queue',
  title: 'SQS queues should not be open to the public',
  severity: 'critical',
  severityReason: 'Anybody could take messages out, plant false ones or delete them all.',
  why: 'A queue carries orders from one system to another. Whoever may send to it gives orders; whoever may receive reads the data and makes it disappear for its real reader.',
  fix: {
    text: 'Name the accounts in the queue’s policy, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.',
    cli: 'aws sqs set-queue-attributes --queue-url <queue-url> --attributes file://attributes.json',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/sqs-queue-no-public-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-3',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
  ],
  controls: {
    securityHub: ['SQS.3'],
    configRules: ['sqs-queue-no-public-access'],
    attack: ['T1530', 'T1565.002'],
    prowler: ['sqs_queues_not_publicly_accessible'],
  },
  evaluate({ arn, config }, context) {
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The queue has no policy.');
    return judgePublic('queue', { kind: 'queue', arn, policy }, context);
  },
});
