import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when the metadata service demands a session token: https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Instance',
  title: 'EC2 instances should require IMDSv2',
  severity: 'high',
  severityReason:
    'With IMDSv1, one request that a flaw lets an attacker send gives out the credentials of the instance’s role.',
  why: 'IMDSv1 answers any simple request from the instance, also one made by a tricked web application. IMDSv2 demands a token that such flaws usually cannot fetch.',
  fix: {
    text: 'Make sure that the software uses IMDSv2 (metric MetadataNoToken is zero), then require it; make it the account’s default as well.',
    cli: `aws ec2 modify-instance-metadata-options --instance-id <instance> --http-tokens required
aws ec2 modify-instance-metadata-defaults --http-tokens required --region <region>`,
    cloudformation: `Type: AWS::EC2::LaunchTemplate
Properties:
  LaunchTemplateData:
    MetadataOptions: { HttpTokens: required }`,
    terraform: `resource "aws_instance" "this" {
  metadata_options {
    http_tokens = "required"
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
  ],
  controls: {
    securityHub: ['EC2.8'],
    configRules: ['ec2-imdsv2-check'],
    cis30: ['5.6'],
    cis50: ['5.7'],
    attack: ['T1552.005'],
    prowler: ['ec2_instance_imdsv2_enabled'],
  },
  evaluate({ config }) {
    if (config.state === 'terminated' || config.state === 'shutting-down')
      return notApplicable('The instance is gone.');
    if (config.httpTokens === 'required') return pass('The metadata service requires IMDSv2.');
    if (config.httpEndpoint === 'disabled') return notApplicable('The metadata service is off.');
    return fail('The metadata service also answers IMDSv1.');
  },
});
