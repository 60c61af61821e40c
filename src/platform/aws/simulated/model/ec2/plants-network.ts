// VPCs, subnets and network lists that are not as they should be, beside those that are.

import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { PlantKind } from '../../manifest.ts';
import type { Ec2Draft } from './draft.ts';
import type { Ec2Group } from './plants-groups.ts';
import { addAcl, addSubnet, addVpc, closesDefaultGroups, entry, untouched } from './vpcs.ts';

const tcp = (port: number, more: Partial<NetworkAclEntry> = {}): Partial<NetworkAclEntry> => ({
  Protocol: '6',
  PortRange: { From: port, To: port },
  ...more,
});

const lists: readonly { name: string; kind: PlantKind; note: string; entries: readonly NetworkAclEntry[] }[] = [
  { name: 'ssh-in', kind: 'plant', note: 'port 22 from everywhere', entries: [entry(100, 'allow', tcp(22))] },
  {
    name: 'rdp-in6',
    kind: 'plant',
    note: 'port 3389 from everywhere by IPv6',
    entries: [entry(100, 'allow', { ...tcp(3389), CidrBlock: undefined, Ipv6CidrBlock: '::/0' })],
  },
  { name: 'web-in', kind: 'clean-twin', note: 'port 443 from everywhere', entries: [entry(100, 'allow', tcp(443))] },
  {
    name: 'denied-first',
    kind: 'near-miss',
    note: 'everything from everywhere, but a lower number denies ports 22 and 3389',
    entries: [entry(90, 'deny', tcp(22)), entry(91, 'deny', tcp(3389)), entry(100, 'allow')],
  },
  {
    name: 'inside',
    kind: 'near-miss',
    note: 'port 22 from 10.0.0.0/8',
    entries: [entry(100, 'allow', tcp(22, { CidrBlock: '10.0.0.0/8' }))],
  },
  {
    name: 'outwards',
    kind: 'near-miss',
    note: 'port 22 to everywhere: outwards',
    entries: [entry(100, 'allow', tcp(22, { Egress: true }))],
  },
];

const networkAcls: Ec2Group = (draft) => {
  const { ground } = draft;
  const vpc = ground.id('vpc', 'main');
  for (const [index, { name, kind, note, entries }] of lists.entries()) {
    const subnet = addSubnet(draft, vpc, name, 'a', `10.20.${200 + index}.0/24`, false, false);
    const acl = addAcl(draft, vpc, name, entries, [subnet]);
    const arn = ground.arn('ec2', `network-acl/${acl.NetworkAclId}`);
    ground.record.add(kind, 'network-acl-admin-ports-open', { type: 'AWS::EC2::NetworkAcl', arn, note });
  }
};

function addBareVpc(draft: Ec2Draft, name: string): string {
  const id = draft.ground.id('vpc', name);
  addVpc(draft, id, '10.99.0.0/16', false, name);
  return id;
}

const flowLogs: Ec2Group = (draft) => {
  const { ground } = draft;
  const destination = `arn:aws:s3:::vpc-flow-logs-${ground.site.organization.logArchive.id}`;
  const mark = (kind: PlantKind, id: string, note: string): void =>
    ground.record.add(kind, 'vpc-without-flow-logs', {
      type: 'AWS::EC2::VPC',
      arn: ground.arn('ec2', `vpc/${id}`),
      note,
    });
  mark('plant', addBareVpc(draft, 'unwatched'), 'nothing watches it');
  const rejects = addBareVpc(draft, 'rejects');
  draft.flowLogs.push({
    id: ground.id('fl', 'rejects'),
    resource: rejects,
    traffic: 'REJECT',
    active: true,
    delivery: 'SUCCESS',
    destination,
  });
  mark('clean-twin', rejects, 'rejected traffic is logged');
  mark('clean-twin', ground.id('vpc', 'main'), 'all traffic is logged');
};

/** Default groups as AWS makes them, and emptied ones. */
const defaultGroups: Ec2Group = (draft) => {
  const { ground } = draft;
  const mark = (kind: PlantKind, vpc: string, note: string): void => {
    const arn = ground.arn('ec2', `security-group/${ground.id('sg', vpc, 'default')}`);
    ground.record.add(kind, 'default-security-group-open', { type: 'AWS::EC2::SecurityGroup', arn, note });
  };
  const vpc = ground.id('vpc', 'default');
  const group = draft.groups.find((candidate) => candidate.id === ground.id('sg', vpc, 'default'));
  if (group !== undefined) group.rules = untouched(group.id);
  mark('plant', vpc, 'as AWS made it: its members reach each other and the world');
  mark('clean-twin', ground.id('vpc', 'main'), 'emptied');
};

/** Subnets of the default VPC give public addresses; those of the account's own do not. */
const subnets: Ec2Group = (draft) => {
  const { ground } = draft;
  const mark = (kind: PlantKind, id: string, note: string): void =>
    ground.record.add(kind, 'subnet-auto-public-ip', {
      type: 'AWS::EC2::Subnet',
      arn: ground.arn('ec2', `subnet/${id}`),
      note,
    });
  mark('plant', ground.id('subnet', 'default', 'a'), 'instances get public addresses unasked');
  mark(
    'clean-twin',
    ground.id('subnet', 'main', 'public-a'),
    'has a way to the internet, but gives no public addresses',
  );
};

export const networkGroups: readonly Ec2Group[] = [networkAcls, flowLogs, defaultGroups, subnets];

/** In accounts whose default groups were emptied one can say so. */
export function markEmptiedDefaultGroup(draft: Ec2Draft): void {
  const { ground } = draft;
  if (!ground.main || !closesDefaultGroups(ground) || ground.site.profile.index % 4 !== 1) return;
  const id = ground.id('sg', ground.id('vpc', 'default'), 'default');
  const group = draft.groups.find((candidate) => candidate.id === id);
  if (group === undefined || group.rules.length > 0) return;
  const arn = ground.arn('ec2', `security-group/${id}`);
  ground.record.add('clean-twin', 'default-security-group-open', {
    type: 'AWS::EC2::SecurityGroup',
    arn,
    note: "the default VPC's, emptied",
  });
}
