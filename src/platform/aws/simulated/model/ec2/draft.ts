// A region's EC2 while it is being made.

import type { Instance, NetworkAcl, Snapshot, Subnet, Tag, Volume, Vpc } from '@aws-sdk/client-ec2';
import type { Ground } from '../region/ground.ts';

export interface Rule {
  egress?: boolean;
  /** `-1` for all; `tcp` when not given. */
  protocol?: string;
  /** All ports when not given. */
  ports?: readonly [number, number];
  ipv4?: string;
  ipv6?: string;
  prefixList?: string;
  /** The id of a group that is let in. */
  group?: string;
  description?: string;
}

export interface SecurityGroupState {
  id: string;
  name: string;
  vpc: string;
  description: string;
  rules: readonly Rule[];
  tags: readonly Tag[];
}

export interface InterfaceState {
  id: string;
  type: string;
  groups: readonly string[];
  subnet: string;
  description: string;
  /** The service that asked for it; undefined for the account's own. */
  requester: string | undefined;
  instance: string | undefined;
  publicIp: string | undefined;
  privateIp: string;
}

export interface FlowLogState {
  id: string;
  resource: string;
  traffic: 'ALL' | 'ACCEPT' | 'REJECT';
  active: boolean;
  delivery: 'SUCCESS' | 'FAILED';
  destination: string;
}

export interface Ec2Draft {
  ground: Ground;
  vpcs: Vpc[];
  subnets: Subnet[];
  acls: NetworkAcl[];
  groups: SecurityGroupState[];
  interfaces: InterfaceState[];
  flowLogs: FlowLogState[];
  instances: Instance[];
  /** Base64 text by instance id. */
  userData: Map<string, string>;
  volumes: Volume[];
  snapshots: Snapshot[];
  /** Snapshots that anybody may restore. */
  publicSnapshots: Set<string>;
  defaults: {
    encryption: boolean;
    snapshotBlock: 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
  };
}

export function createEc2Draft(ground: Ground): Ec2Draft {
  return {
    ground,
    vpcs: [],
    subnets: [],
    acls: [],
    groups: [],
    interfaces: [],
    flowLogs: [],
    instances: [],
    userData: new Map(),
    volumes: [],
    snapshots: [],
    publicSnapshots: new Set(),
    defaults: { encryption: true, snapshotBlock: 'block-all-sharing' },
  };
}

export function named(name: string, more: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries({ Name: name, ...more }).map(([Key, Value]) => ({ Key, Value }));
}

/** Where the account's own workloads of a region lie. */
export const mainVpc = (ground: Ground): string => ground.id('vpc', 'main');

export function addGroup(
  draft: Ec2Draft,
  name: string,
  rules: readonly Rule[],
  options: Partial<SecurityGroupState> = {},
): SecurityGroupState {
  const vpc = options.vpc ?? mainVpc(draft.ground);
  const group: SecurityGroupState = {
    id: draft.ground.id('sg', vpc, name),
    name,
    vpc,
    description: `Traffic of ${name}`,
    rules: [...rules, { egress: true, protocol: '-1', ipv4: '0.0.0.0/0' }],
    tags: named(name),
    ...options,
  };
  draft.groups.push(group);
  return group;
}

export function addInterface(
  draft: Ec2Draft,
  name: string,
  options: Partial<InterfaceState> & { groups: readonly string[] },
): InterfaceState {
  const { ground } = draft;
  const made: InterfaceState = {
    id: ground.id('eni', name),
    type: 'interface',
    subnet: ground.id('subnet', 'main', 'private-a'),
    description: name,
    requester: undefined,
    instance: undefined,
    publicIp: undefined,
    privateIp: `10.20.0.${10 + (draft.interfaces.length % 240)}`,
    ...options,
  };
  draft.interfaces.push(made);
  return made;
}

/** Puts groups to work on network interfaces of an appliance, five at most on each. */
export function attach(draft: Ec2Draft, name: string, groups: readonly string[]): void {
  for (let from = 0; from < groups.length; from += 5) {
    addInterface(draft, `${name}-${from / 5}`, {
      groups: groups.slice(from, from + 5),
      description: `${name} appliance`,
    });
  }
}
