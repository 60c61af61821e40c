// Rules of security groups and entries of network ACLs, for tests.

import type { NetworkAclEntry, SecurityGroupRule } from '../../../domain/resources/ec2.ts';

/** An inbound rule that opens TCP port 22 to the world, changed where a case needs it. */
export function makeRule(changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    ruleId: 'sgr-0a1b2c3d',
    direction: 'ingress',
    protocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    ipv4: '0.0.0.0/0',
    ipv6: null,
    prefixListId: null,
    referencedGroupId: null,
    referencedAccountId: null,
    description: '',
    ...changes,
  };
}

/** An inbound entry that allows TCP port 22 from the world, changed where a case needs it. */
export function makeEntry(changes: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  return {
    ruleNumber: 100,
    egress: false,
    allow: true,
    protocol: '6',
    ipv4: '0.0.0.0/0',
    ipv6: null,
    fromPort: 22,
    toPort: 22,
    ...changes,
  };
}
