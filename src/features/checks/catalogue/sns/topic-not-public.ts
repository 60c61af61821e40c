import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';

/**
 * Fails when the topic's policy opens it to everybody; conditions on fixed values keep the public out.
 * https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html
 */
export const check = resourceCheck({
  subject: 'AWS::SNS::Topic',
  title: 'SNS topics should not be open to the public',
  severity: 'high',
  severityReason: 'Anybody could read what is sent to the topic, or send what its subscribers trust.',
  why: 'Whoever may subscribe receives every message; whoever may publish can feed false ones to all subscribers, which often start functions and pipelines.',
  fix: {
    text: 'Name the accounts in the topic’s policy, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.',
    cli: 'aws sns set-topic-attributes --topic-arn <topic-arn> --attribute-name Policy --attribute-value file://policy.json',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-4',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  ],
  controls: {
    securityHub: ['SNS.4'],
    configRules: ['sns-topic-no-public-access'],
    attack: ['T1530', 'T1565.002'],
    prowler: ['sns_topics_not_publicly_accessible'],
  },
  evaluate({ arn, config }, context) {
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The topic has no policy.');
    return judgePublic('topic', { kind: 'topic', arn, policy }, context);
  },
});
