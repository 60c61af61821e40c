import type { NetworkAclEntry } from '../../../../domain/resources/ec2.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { coversPort, fromEverywhere, isProtocol, sourceOf } from '../../facts/open-ports.ts';

/**
 * Fails when the first inbound entry that matches port 22 or 3389 from everywhere allows it, by TCP or UDP. Default ACLs
 * are left out, as in the control; those that no subnet uses are not.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
 * https://docs.aws.amazon.com/config/latest/developerguide/nacl-no-unrestricted-ssh-rdp.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::NetworkAcl',
  version: 2,
  title: 'Network ACLs should not open SSH or RDP to the world',
  severity: 'medium',
  severityReason: 'Security groups still stand behind the ACL; one careless group is then enough.',
  aliases: ['nacl-no-public-admin-ports'],
  why: 'The network ACL is the second line for a whole subnet. Where it lets administration in from everywhere, a mistake in any group counts at once.',
  fix: {
    text: 'Put a denial of ports 22 and 3389 from everywhere before the allowing entry, or narrow that entry.',
    cli: 'aws ec2 create-network-acl-entry --network-acl-id <acl> --ingress --rule-number 90 --protocol 6 --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny',
    terraform: `resource "aws_network_acl_rule" "no_ssh" {
  network_acl_id = "<acl>"
  rule_number    = 90
  protocol       = "tcp"
  rule_action    = "deny"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21',
    'https://docs.aws.amazon.com/config/latest/developerguide/nacl-no-unrestricted-ssh-rdp.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
  ],
  controls: {
    securityHub: ['EC2.21'],
    configRules: ['nacl-no-unrestricted-ssh-rdp'],
    cis30: ['5.1'],
    cis50: ['5.2'],
    attack: ['T1133'],
    prowler: ['ec2_networkacl_allow_ingress_tcp_port_22', 'ec2_networkacl_allow_ingress_tcp_port_3389'],
  },
  evaluate({ config }) {
    if (config.isDefault) return notApplicable('The control leaves out default network ACLs.');
    const inbound = config.entries
      .filter((entry) => !entry.egress && fromEverywhere(entry))
      .sort((a, b) => a.ruleNumber - b.ruleNumber);
    const families = [inbound.filter((entry) => entry.ipv4 !== null), inbound.filter((entry) => entry.ipv6 !== null)];
    const open = [22, 3389].flatMap((port) => families.flatMap((entries) => opening(entries, port)));
    if (open.length === 0) return pass('No entry opens port 22 or 3389 to the world.');
    const unused = config.subnetIds.length === 0 ? ' No subnet uses the network ACL at present.' : '';
    return fail(`Open to the world: ${[...new Set(open)].join('; ')}.${unused}`);
  },
});

/** What the first matching entry of each protocol opens: entries are tried in the order of their numbers. */
function opening(entries: readonly NetworkAclEntry[], port: number): readonly string[] {
  const first = (protocol: 'tcp' | 'udp') => entries.find((entry) => coversPort(entry, protocol, port));
  // UDP counts where an entry names it: by itself it opens neither SSH nor RDP.
  const udp = first('udp');
  return [first('tcp'), udp !== undefined && isProtocol(udp, 'udp') ? udp : undefined].flatMap((one) =>
    one?.allow === true ? [`entry ${one.ruleNumber} opens port ${port} to ${sourceOf(one)}`] : [],
  );
}
