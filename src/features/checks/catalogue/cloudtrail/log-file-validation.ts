import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { isForeign } from '../../facts/trail-bucket.ts';

/** Passes when digest files are written: https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-log-file-validation-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::CloudTrail::Trail',
  title: 'Trails should validate log files',
  severity: 'low',
  severityReason: 'It proves tampering afterwards; it does not prevent it.',
  why: 'Signed digest files show whether a log file was changed or deleted after delivery. Without them the log is weak as evidence.',
  fix: {
    text: 'Turn on log file validation.',
    cli: 'aws cloudtrail update-trail --name <name> --enable-log-file-validation',
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  EnableLogFileValidation: true`,
    terraform: `resource "aws_cloudtrail" "this" {
  enable_log_file_validation = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-log-file-validation-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-4',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html',
  ],
  controls: {
    securityHub: ['CloudTrail.4'],
    configRules: ['cloud-trail-log-file-validation-enabled'],
    cis30: ['3.2'],
    cis50: ['3.2'],
    attack: ['T1565.001', 'T1070'],
    prowler: ['cloudtrail_log_file_validation_enabled'],
  },
  evaluate(trail, context) {
    if (isForeign(trail, context))
      return notApplicable('The organisation’s trail is judged in the account that owns it.');
    return trail.config.logFileValidation ? pass('Log files are validated.') : fail('Log files are not validated.');
  },
});
