import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes with an instance profile: https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-profile-attached.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Instance',
  title: 'EC2 instances should have an instance profile',
  severity: 'medium',
  severityReason: 'Software that needs AWS then works with long-lived keys on disk.',
  why: 'With an instance profile the software gets credentials that change by themselves. Without one, somebody puts access keys on the machine.',
  fix: {
    text: 'Attach a profile whose role allows what the software needs, then delete the keys on the machine.',
    cli: 'aws ec2 associate-iam-instance-profile --instance-id <instance> --iam-instance-profile Name=<profile>',
    cloudformation: `Type: AWS::EC2::Instance
Properties:
  IamInstanceProfile: <profile>`,
    terraform: `resource "aws_instance" "this" {
  iam_instance_profile = "<profile>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-profile-attached.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html',
  ],
  controls: {
    configRules: ['ec2-instance-profile-attached'],
    cis30: ['1.18'],
    cis50: ['1.17'],
    attack: ['T1552.001'],
    prowler: ['ec2_instance_profile_attached'],
  },
  evaluate({ config }) {
    if (config.state === 'terminated' || config.state === 'shutting-down')
      return notApplicable('The instance is gone.');
    if (config.instanceProfileArn === null) return fail('The instance has no instance profile.');
    return pass(`The instance has the profile ${config.instanceProfileArn}.`);
  },
});
