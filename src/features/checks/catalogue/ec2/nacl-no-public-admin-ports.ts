import type { NetworkAclEntry } from '../../../../domain/resources/ec2.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { covers, internet, worldOf } from '../../facts/address-ranges.ts';
import { coversPort, fromEverywhere, isProtocol, sourceOf } from '../../facts/open-ports.ts';

/**
 * Fails when the first inbound entries that match port 22 or 3389 allow it from everywhere, by TCP or UDP: one entry, or
 * several whose ranges make up every address. Default ACLs are left out, as in the control; those that no subnet uses are not.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
 * https://docs.aws.amazon.com/config/latest/developerguide/nacl-no-unrestricted-ssh-rdp.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::NetworkAcl',
  version: 4,
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
    const inbound = config.entries.filter((entry) => !entry.egress).sort((a, b) => a.ruleNumber - b.ruleNumber);
    const open = [22, 3389].flatMap((port) => families.flatMap((family) => opening(inbound, port, family)));
    if (open.length === 0) return pass('No entry opens port 22 or 3389 to the world.');
    const unused = config.subnetIds.length === 0 ? ' No subnet uses the network ACL at present.' : '';
    return fail(`Open to the world: ${[...new Set(open)].join('; ')}.${unused}`);
  },
});

const families = ['ipv4', 'ipv6'] as const;
type Family = (typeof families)[number];

/** What the entries of each protocol open to every address of a family. */
function opening(entries: readonly NetworkAclEntry[], port: number, family: Family): readonly string[] {
  const first = (protocol: 'tcp' | 'udp') =>
    allowing(
      entries.filter((entry) => coversPort(entry, protocol, port)),
      family,
    );
  // UDP counts where an entry names it: by itself it opens neither SSH nor RDP.
  const udp = first('udp');
  return [first('tcp'), udp.some((entry) => isProtocol(entry, 'udp')) ? udp : []].flatMap((allowed) => {
    const [one, ...others] = allowed;
    if (one === undefined) return [];
    if (others.length === 0) return [`entry ${one.ruleNumber} opens port ${port} to ${sourceOf(one)}`];
    const numbers = allowed.map(({ ruleNumber }) => ruleNumber).join(', ');
    const ranges = allowed.map((entry) => entry[family] ?? '');
    return [`entries ${numbers} together open port ${port} to ${worldOf(ranges, family)}`];
  });
}

/**
 * The entries by which every address is let in; none when some are not. Entries are tried in the order of their numbers:
 * one counts when those before it leave some of its addresses to it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
function allowing(entries: readonly NetworkAclEntry[], family: Family): readonly NetworkAclEntry[] {
  const decided: string[] = [];
  const allowed: NetworkAclEntry[] = [];
  for (const entry of entries) {
    const range = entry[family];
    if (range === null || covers(decided, range) || covers(decided, internet[family])) continue;
    decided.push(range);
    if (!entry.allow) continue;
    if (fromEverywhere(entry)) return [entry];
    allowed.push(entry);
    const ranges = allowed.map((one) => one[family] ?? '');
    if (covers(ranges, internet[family])) return allowed;
  }
  return [];
}
