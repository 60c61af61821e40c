// VPCs: the default one of every region, and the account's own where it runs something.

import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { Ground } from '../region/ground.ts';
import { type Ec2Draft, type Rule, addGroup, named } from './draft.ts';

/** Whether somebody has emptied the default security groups of an account. */
export function closesDefaultGroups(ground: Ground): boolean {
  const { environment } = ground.site.profile;
  return environment === 'production' || environment === 'platform';
}

/** What a default security group holds when nobody touched it. */
export function untouched(groupId: string): readonly Rule[] {
  return [
    { protocol: '-1', group: groupId },
    { egress: true, protocol: '-1', ipv4: '0.0.0.0/0' },
  ];
}

export function entry(number: number, action: 'allow' | 'deny', more: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  return { RuleNumber: number, RuleAction: action, Egress: false, Protocol: '-1', CidrBlock: '0.0.0.0/0', ...more };
}

/** The last word of every list: an asterisk at AWS, number 32767 in its answers. */
const lastWords = [entry(32_767, 'deny', { Egress: true }), entry(32_767, 'deny')];

export function addAcl(
  draft: Ec2Draft,
  vpc: string,
  name: string,
  entries: readonly NetworkAclEntry[],
  subnets: readonly string[],
  isDefault = false,
): NetworkAcl {
  const { ground } = draft;
  const id = ground.id('acl', vpc, name);
  const acl: NetworkAcl = {
    NetworkAclId: id,
    VpcId: vpc,
    OwnerId: ground.site.account,
    IsDefault: isDefault,
    Entries: [...entries, ...lastWords],
    Associations: subnets.map((SubnetId) => ({
      NetworkAclAssociationId: ground.id('aclassoc', SubnetId),
      NetworkAclId: id,
      SubnetId,
    })),
    Tags: isDefault ? [] : named(name),
  };
  draft.acls.push(acl);
  return acl;
}

export function addSubnet(
  draft: Ec2Draft,
  vpc: string,
  name: string,
  zone: string,
  cidr: string,
  open: boolean,
  isDefault: boolean,
): string {
  const { ground } = draft;
  const id = ground.id('subnet', isDefault ? 'default' : 'main', name);
  draft.subnets.push({
    SubnetId: id,
    SubnetArn: ground.arn('ec2', `subnet/${id}`),
    VpcId: vpc,
    OwnerId: ground.site.account,
    AvailabilityZone: `${ground.region}${zone}`,
    CidrBlock: cidr,
    MapPublicIpOnLaunch: open,
    AssignIpv6AddressOnCreation: false,
    DefaultForAz: isDefault,
    State: 'available',
    AvailableIpAddressCount: 4000,
    Tags: isDefault ? [] : named(name),
  });
  return id;
}

export function addVpc(draft: Ec2Draft, id: string, cidr: string, isDefault: boolean, name: string): void {
  const { ground } = draft;
  draft.vpcs.push({
    VpcId: id,
    CidrBlock: cidr,
    CidrBlockAssociationSet: [
      { AssociationId: ground.id('vpc-cidr-assoc', id), CidrBlock: cidr, CidrBlockState: { State: 'associated' } },
    ],
    IsDefault: isDefault,
    State: 'available',
    OwnerId: ground.site.account,
    InstanceTenancy: 'default',
    DhcpOptionsId: ground.id('dopt', 'default'),
    Tags: isDefault ? [] : named(name),
  });
}

/** The default VPC, with what AWS puts in it. */
export function addDefaultVpc(draft: Ec2Draft): void {
  const { ground } = draft;
  const vpc = ground.id('vpc', 'default');
  addVpc(draft, vpc, '172.31.0.0/16', true, 'default');
  const subnets = ['a', 'b', 'c'].map((zone, index) =>
    addSubnet(draft, vpc, zone, zone, `172.31.${index * 16}.0/20`, true, true),
  );
  addAcl(draft, vpc, 'default', [entry(100, 'allow', { Egress: true }), entry(100, 'allow')], subnets, true);
  const id = ground.id('sg', vpc, 'default');
  const rules = closesDefaultGroups(ground) ? [] : untouched(id);
  addGroup(draft, 'default', [], { vpc, description: 'default VPC security group', tags: [], rules });
}

/** Traffic inside the network and web traffic; answers to calls that went out. */
const guarded = [
  entry(100, 'allow', { Protocol: '6', PortRange: { From: 443, To: 443 } }),
  entry(110, 'allow', { CidrBlock: '10.0.0.0/8' }),
  entry(120, 'allow', { Protocol: '6', PortRange: { From: 32_768, To: 65_535 } }),
  entry(100, 'allow', { Egress: true }),
];

/** The VPC in which the account's own workloads lie: watched, closed by default, nothing public but the way in. */
export function addMainVpc(draft: Ec2Draft): void {
  const { ground } = draft;
  const vpc = ground.id('vpc', 'main');
  const name = `${ground.site.profile.team}-${ground.site.profile.environment}`;
  addVpc(draft, vpc, '10.20.0.0/16', false, name);
  const subnets = [
    addSubnet(draft, vpc, 'private-a', 'a', '10.20.0.0/20', false, false),
    addSubnet(draft, vpc, 'private-b', 'b', '10.20.16.0/20', false, false),
    addSubnet(draft, vpc, 'public-a', 'a', '10.20.128.0/24', false, false),
    addSubnet(draft, vpc, 'public-b', 'b', '10.20.129.0/24', false, false),
  ];
  addAcl(draft, vpc, 'guarded', guarded, subnets);
  addAcl(draft, vpc, 'default', [], [], true);
  addGroup(draft, 'default', [], { vpc, description: 'default VPC security group', tags: [], rules: [] });
  draft.flowLogs.push({
    id: ground.id('fl', 'main'),
    resource: vpc,
    traffic: 'ALL',
    active: true,
    delivery: 'SUCCESS',
    destination: `arn:aws:s3:::vpc-flow-logs-${ground.site.organization.logArchive.id}`,
  });
}
