import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { otherOwner } from '../../facts/shared-network.ts';

/** Passes when MapPublicIpOnLaunch is off: https://docs.aws.amazon.com/config/latest/developerguide/subnet-auto-assign-public-ip-disabled.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Subnet',
  title: 'Subnets should not give public addresses by themselves',
  severity: 'medium',
  severityReason: 'It makes machines public by default that nobody meant to be; groups still protect them.',
  aliases: ['subnet-no-auto-public-ip'],
  why: 'Where the subnet hands out public addresses, every instance started there faces the internet without anybody deciding so.',
  fix: {
    text: 'Turn the setting off and give public addresses to those that need one.',
    cli: 'aws ec2 modify-subnet-attribute --subnet-id <subnet> --no-map-public-ip-on-launch',
    cloudformation: `Type: AWS::EC2::Subnet
Properties:
  MapPublicIpOnLaunch: false`,
    terraform: `resource "aws_subnet" "this" {
  map_public_ip_on_launch = false
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/subnet-auto-assign-public-ip-disabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15',
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html',
  ],
  controls: {
    securityHub: ['EC2.15'],
    configRules: ['subnet-auto-assign-public-ip-disabled'],
    attack: ['T1133'],
    prowler: ['vpc_subnet_no_public_ip_by_default'],
  },
  evaluate(subnet, { account }) {
    const owner = otherOwner(subnet, account);
    if (owner !== undefined) return notApplicable(`The subnet is shared by the account ${owner} and is judged there.`);
    if (subnet.config.mapPublicIpOnLaunch)
      return fail('The subnet gives a public IPv4 address to every new interface.');
    return pass('The subnet gives no public IPv4 addresses by itself.');
  },
});
