import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { isForeign } from '../../facts/trail-bucket.ts';

/** Passes when a KMS key is set: https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-encryption-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::CloudTrail::Trail',
  title: 'Trails should encrypt log files with a KMS key',
  severity: 'medium',
  severityReason: 'S3 encrypts the files in any case; a key of your own adds a second lock and a record of who reads.',
  why: 'With a KMS key, reading logs needs a permission on the key as well, and each decryption is recorded.',
  fix: {
    text: 'Set a KMS key whose policy lets CloudTrail encrypt and the investigators decrypt.',
    cli: 'aws cloudtrail update-trail --name <name> --kms-key-id <key arn>',
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  KMSKeyId: <key arn>`,
    terraform: `resource "aws_cloudtrail" "this" {
  kms_key_id = "<key arn>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-encryption-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-2',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html',
  ],
  controls: {
    securityHub: ['CloudTrail.2'],
    configRules: ['cloud-trail-encryption-enabled'],
    cis30: ['3.5'],
    cis50: ['3.5'],
    attack: ['T1530'],
    prowler: ['cloudtrail_kms_encryption_enabled'],
  },
  evaluate(trail, context) {
    if (isForeign(trail, context))
      return notApplicable('The organisation’s trail is judged in the account that owns it.');
    const { kmsKeyId } = trail.config;
    if (kmsKeyId === null || kmsKeyId === '') return fail('Log files are encrypted with the keys of S3 only.');
    return pass(`Log files are encrypted with ${kmsKeyId}.`);
  },
});
