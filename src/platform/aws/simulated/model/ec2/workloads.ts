// What runs in a used region, with the network interfaces that services bring along.

import type { Instance, InstanceMetadataOptionsResponse } from '@aws-sdk/client-ec2';
import { hostile } from '../../hostile.ts';
import { type Ec2Draft, addGroup, addInterface, mainVpc, named } from './draft.ts';

export interface InstanceOptions {
  groups: readonly string[];
  publicIp?: string;
  profile?: boolean;
  metadata?: InstanceMetadataOptionsResponse;
  userData?: string;
  state?: 'running' | 'stopped' | 'terminated';
  tags?: Readonly<Record<string, string>>;
  /** Whether its disk is encrypted. */
  encrypted?: boolean;
}

const states = { running: 16, stopped: 80, terminated: 48 } as const;

export function addVolume(draft: Ec2Draft, name: string, encrypted: boolean, instance: string | undefined): string {
  const { ground } = draft;
  const id = ground.id('vol', name);
  draft.volumes.push({
    VolumeId: id,
    Size: 40,
    VolumeType: 'gp3',
    State: instance === undefined ? 'available' : 'in-use',
    Encrypted: encrypted,
    ...(encrypted ? { KmsKeyId: ground.keyArn('data') } : {}),
    AvailabilityZone: `${ground.region}a`,
    CreateTime: ground.site.calendar.ago(200),
    Attachments:
      instance === undefined ? [] : [{ InstanceId: instance, VolumeId: id, Device: '/dev/xvda', State: 'attached' }],
    Tags: named(name),
  });
  return id;
}

/** An instance with its disk and network interface; nothing is wrong with it but for what is given. */
export function addInstance(draft: Ec2Draft, name: string, options: InstanceOptions): Instance {
  const { ground } = draft;
  const { site } = ground;
  const id = ground.id('i', name);
  const state = options.state ?? 'running';
  const gone = state === 'terminated';
  const subnet = ground.id('subnet', 'main', options.publicIp === undefined ? 'private-a' : 'public-a');
  const instance: Instance = {
    InstanceId: id,
    InstanceType: 'm7g.large',
    ImageId: ground.id('ami', 'golden'),
    State: { Code: states[state], Name: state },
    LaunchTime: site.calendar.ago(site.random('launch', ground.region, name).between(1, 300)),
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'required',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 1,
      ...options.metadata,
    },
    Placement: { AvailabilityZone: `${ground.region}a`, Tenancy: 'default' },
    Tags: named(name, options.tags),
    SecurityGroups: gone ? [] : options.groups.map((GroupId) => ({ GroupId })),
    ...((options.profile ?? true)
      ? {
          IamInstanceProfile: {
            Arn: site.arn('iam', '', 'instance-profile/app-instance'),
            Id: `AIPA${site.base32(17, 'profile')}`,
          },
        }
      : {}),
  };
  if (!gone) {
    const made = addInterface(draft, `instance-${name}`, {
      groups: options.groups,
      instance: id,
      subnet,
      description: '',
      publicIp: options.publicIp,
    });
    Object.assign(instance, { VpcId: mainVpc(ground), SubnetId: subnet, PrivateIpAddress: made.privateIp });
    if (options.publicIp !== undefined) instance.PublicIpAddress = options.publicIp;
    addVolume(draft, `${name}-root`, options.encrypted ?? true, id);
  }
  if (options.userData !== undefined) draft.userData.set(id, Buffer.from(options.userData).toString('base64'));
  draft.instances.push(instance);
  return instance;
}

/** Groups that let web traffic in to a load balancer, on to an application and on to a database, each in use. */
export function addWorkloads(draft: Ec2Draft): void {
  const { ground } = draft;
  const front = addGroup(draft, 'web-load-balancer', [{ ports: [443, 443], ipv4: '0.0.0.0/0' }]);
  const app = addGroup(draft, 'application', [{ ports: [8443, 8443], group: front.id }]);
  const data = addGroup(draft, 'database', [{ ports: [5432, 5432], group: app.id }]);
  const functions = addGroup(draft, 'functions', []);
  const endpoints = addGroup(draft, 'endpoints', [{ ports: [443, 443], ipv4: '10.20.0.0/16' }]);
  addInterface(draft, 'lb-a', {
    groups: [front.id],
    type: 'network_load_balancer',
    requester: 'amazon-elb',
    description: 'ELB app/web/0123456789abcdef',
    publicIp: '198.51.100.10',
  });
  addInterface(draft, 'rds-a', { groups: [data.id], requester: 'amazon-rds', description: 'RDSNetworkInterface' });
  addInterface(draft, 'lambda-a', {
    groups: [functions.id],
    type: 'lambda',
    requester: 'amazon-lambda',
    description: 'AWS Lambda VPC ENI-app-api',
  });
  addInterface(draft, 'endpoint-a', {
    groups: [endpoints.id],
    type: 'vpc_endpoint',
    requester: 'amazon-vpc',
    description: 'VPC Endpoint Interface vpce-0123456789abcdef0',
  });
  addInterface(draft, 'nat-a', {
    groups: [],
    type: 'nat_gateway',
    requester: 'amazon-vpc',
    description: 'Interface for NAT Gateway nat-0123456789abcdef0',
    publicIp: '198.51.100.11',
  });
  const random = ground.site.random('instances', ground.region);
  const count = ground.main ? random.between(2, 5) : 1;
  for (let i = 1; i <= count; i += 1) addInstance(draft, `app-${i}`, { groups: [app.id] });
  if (ground.main && ground.site.profile.index % 5 === 3) {
    const remark = hostile.html + hostile.hyperlinkEscape + hostile.bidi;
    const instance = addInstance(draft, hostile.formula, {
      groups: [app.id],
      tags: { remark, [hostile.prototype]: hostile.svg, note: hostile.clipboardEscape },
    });
    const arn = ground.arn('ec2', `instance/${instance.InstanceId}`);
    ground.record.add('plant', 'hostile-text', {
      type: 'AWS::EC2::Instance',
      arn,
      note: 'a formula as its name; markup, terminal escapes and bidirectional marks in its tags',
    });
  }
  const kept = addVolume(draft, 'app-data', true, undefined);
  for (const days of [1, 8, 15]) addSnapshot(draft, `app-data-${days}`, { volume: kept, days });
}

export interface SnapshotOptions {
  volume?: string;
  days?: number;
  encrypted?: boolean;
  public?: boolean;
}

export function addSnapshot(draft: Ec2Draft, name: string, options: SnapshotOptions = {}): string {
  const { ground } = draft;
  const id = ground.id('snap', name);
  const encrypted = options.encrypted ?? true;
  draft.snapshots.push({
    SnapshotId: id,
    VolumeId: options.volume ?? ground.id('vol', 'app-data'),
    VolumeSize: 40,
    OwnerId: ground.site.account,
    State: 'completed',
    Progress: '100%',
    StorageTier: 'standard',
    StartTime: ground.site.calendar.ago(options.days ?? 30),
    Description: `Copy of ${name}`,
    Encrypted: encrypted,
    ...(encrypted ? { KmsKeyId: ground.keyArn('data') } : {}),
    Tags: named(name),
  });
  if (options.public === true) draft.publicSnapshots.add(id);
  return id;
}
