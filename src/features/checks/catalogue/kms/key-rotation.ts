import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when automatic rotation is on. It exists for symmetric keys with material made by KMS alone, and is set on the
 * primary of a multi-region key. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export const check = resourceCheck({
  subject: 'AWS::KMS::Key',
  title: 'KMS keys should rotate',
  severity: 'medium',
  severityReason:
    'Key material does not leave KMS, so rotation limits how much rests on it rather than stopping theft.',
  why: 'Rotation limits the data that one piece of key material protects, and most standards demand it. Old material stays available for decryption.',
  fix: {
    text: 'Turn on automatic rotation.',
    cli: 'aws kms enable-key-rotation --key-id <key>',
    cloudformation: `Type: AWS::KMS::Key
Properties:
  EnableKeyRotation: true`,
    terraform: `resource "aws_kms_key" "this" {
  enable_key_rotation = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cmk-backing-key-rotation-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4',
    'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  ],
  controls: {
    securityHub: ['KMS.4'],
    configRules: ['cmk-backing-key-rotation-enabled'],
    cis30: ['3.6'],
    cis50: ['3.6'],
    prowler: ['kms_cmk_rotation_enabled'],
  },
  evaluate({ config }) {
    if (config.manager === 'AWS') return notApplicable('AWS manages and rotates this key.');
    if (config.state !== 'Enabled') return notApplicable(`The key is not in use: its state is ${config.state}.`);
    if (config.spec !== 'SYMMETRIC_DEFAULT')
      return notApplicable(`Keys of the kind ${config.spec} cannot rotate automatically.`);
    if (config.origin !== 'AWS_KMS')
      return notApplicable(`Keys with the origin ${config.origin} cannot rotate automatically.`);
    if (config.multiRegion === 'REPLICA') return notApplicable('Rotation of a replica is set on its primary key.');
    const rotation = known(config.rotationEnabled);
    if (rotation === null) return notApplicable('Rotation does not apply to this key.');
    return rotation ? pass('The key rotates automatically.') : fail('The key does not rotate automatically.');
  },
});
