// EC2 and VPC evidence.

import type { Evidence } from '../evidence.ts';
import type { SecretMatch } from '../secret.ts';

export interface SecurityGroupRule {
  ruleId: string;
  direction: 'ingress' | 'egress';
  /** `-1` for all protocols, else `tcp`, `udp`, `icmp`, `icmpv6` or a number. */
  protocol: string;
  /** -1 for all. For ICMP these are type and code. */
  fromPort: number;
  toPort: number;
  ipv4: string | null;
  ipv6: string | null;
  prefixListId: string | null;
  referencedGroupId: string | null;
  referencedAccountId: string | null;
  description: string;
}

export interface SecurityGroupConfig {
  groupId: string;
  groupName: string;
  vpcId: string | null;
  isDefault: boolean;
  rules: readonly SecurityGroupRule[];
}

export interface NetworkInterfaceConfig {
  /** Whose it is: the owner of a shared VPC sees the participants' interfaces too. Null when AWS does not say. */
  ownerAccount: string | null;
  interfaceType: string;
  status: string;
  groupIds: readonly string[];
  subnetId: string | null;
  vpcId: string | null;
  attachedInstanceId: string | null;
  requesterId: string | null;
  requesterManaged: boolean;
  publicIp: string | null;
  ipv6Addresses: readonly string[];
  description: string;
}

export interface NetworkAclEntry {
  ruleNumber: number;
  egress: boolean;
  allow: boolean;
  protocol: string;
  ipv4: string | null;
  ipv6: string | null;
  /** 0 and 65535 where the entry names no ports (protocol -1). For ICMP these are type and code, -1 for all. */
  fromPort: number;
  toPort: number;
}

export interface NetworkAclConfig {
  vpcId: string;
  isDefault: boolean;
  subnetIds: readonly string[];
  entries: readonly NetworkAclEntry[];
}

export interface VpcConfig {
  vpcId: string;
  isDefault: boolean;
  cidrs: readonly string[];
  state: string;
}

export interface SubnetConfig {
  vpcId: string;
  availabilityZone: string;
  cidr: string | null;
  mapPublicIpOnLaunch: boolean;
  assignIpv6OnCreation: boolean;
}

export interface FlowLogConfig {
  /** The VPC, subnet or interface that it watches. */
  resourceId: string;
  status: string;
  deliverStatus: string | null;
  trafficType: string;
  destinationType: string;
  destination: string | null;
}

export interface InstanceConfig {
  instanceType: string;
  state: string;
  imageId: string;
  launchedAt: string;
  vpcId: string | null;
  subnetId: string | null;
  publicIp: string | null;
  privateIp: string | null;
  securityGroupIds: readonly string[];
  instanceProfileArn: string | null;
  httpTokens: 'required' | 'optional';
  httpEndpoint: 'enabled' | 'disabled';
  httpPutResponseHopLimit: number;
  /** Secrets found in the user data; the user data itself is not kept. Null when there is none. */
  userDataSecrets: Evidence<readonly SecretMatch[] | null>;
}

export interface VolumeConfig {
  state: string;
  encrypted: boolean;
  kmsKeyId: string | null;
  sizeGib: number;
  volumeType: string;
  attachedInstanceIds: readonly string[];
}

export interface SnapshotConfig {
  volumeId: string;
  encrypted: boolean;
  kmsKeyId: string | null;
  startedAt: string;
  /** Whether anybody may restore it: from DescribeSnapshots with RestorableByUserIds=all. */
  public: Evidence<boolean>;
}

/** Defaults of one region: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
export interface EbsDefaultsConfig {
  encryptionByDefault: Evidence<boolean>;
  defaultKmsKeyId: Evidence<string | null>;
  snapshotBlockPublicAccess: Evidence<'block-all-sharing' | 'block-new-sharing' | 'unblocked'>;
}
