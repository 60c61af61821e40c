import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when no interface has a public IPv4 address: https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-no-public-ip.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Instance',
  title: 'EC2 instances should have no public address',
  severity: 'high',
  severityReason: 'Only the security group stands between the instance and the internet.',
  why: 'An instance with a public address can be reached as soon as a rule allows it. Behind a load balancer or without an address, a careless rule exposes nothing.',
  fix: {
    text: 'Place the instance in a private subnet behind a load balancer; use Session Manager for administration. Mute instances that are public on purpose.',
    cli: `aws ec2 modify-network-interface-attribute --network-interface-id <interface> --no-associate-public-ip-address
aws ec2 disassociate-address --association-id <association of an Elastic IP address>`,
    cloudformation: `Type: AWS::EC2::Instance
Properties:
  NetworkInterfaces:
    - DeviceIndex: '0'
      AssociatePublicIpAddress: false`,
    terraform: `resource "aws_instance" "this" {
  associate_public_ip_address = false
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-no-public-ip.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
  ],
  controls: {
    securityHub: ['EC2.9'],
    configRules: ['ec2-instance-no-public-ip'],
    attack: ['T1190', 'T1133'],
    prowler: ['ec2_instance_public_ip'],
  },
  evaluate({ config }) {
    if (config.state === 'terminated' || config.state === 'shutting-down')
      return notApplicable('The instance is gone.');
    if (config.publicIp !== null) return fail(`The instance has the public address ${config.publicIp}.`);
    return pass('The instance has no public IPv4 address.');
  },
});
