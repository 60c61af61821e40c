import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';

/**
 * Fails when the key policy opens the key to everybody; conditions on fixed values keep the public out.
 * https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html
 */
export const check = resourceCheck({
  subject: 'AWS::KMS::Key',
  title: 'KMS keys should not be open to the public',
  severity: 'critical',
  severityReason: 'Anybody with an AWS account could decrypt what the key protects, or lock its owner out.',
  why: 'A key is the last wall around data that leaked, a shared snapshot or a copied volume. A key policy for everybody takes it down, and also lets strangers encrypt at your cost.',
  fix: {
    text: 'Name the principals in the key policy, or add a condition on kms:CallerAccount or aws:PrincipalOrgID. kms:ViaService alone does not limit who calls.',
    cli: 'aws kms put-key-policy --key-id <key-id> --policy-name default --policy file://policy.json',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  ],
  controls: {
    securityHub: ['KMS.5'],
    configRules: ['kms-key-policy-no-public-access'],
    attack: ['T1530', 'T1486'],
    prowler: ['kms_key_not_publicly_accessible'],
  },
  evaluate({ arn, config }, context) {
    if (config.manager === 'AWS') return notApplicable('AWS manages the key and its policy.');
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The key has no policy.');
    return judgePublic('key', { kind: 'key', arn, policy }, context);
  },
});
