// EC2: regions, VPCs, subnets, network lists, interfaces and flow logs.

import type * as sdk from '@aws-sdk/client-ec2';
import type {
  FlowLog,
  NetworkAcl,
  NetworkInterface,
  NetworkInterfaceType,
  Region,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { Answers, Call } from '../../call.ts';
import type { FlowLogState, InterfaceState } from '../../model/ec2/draft.ts';
import { allRegions, defaultRegions } from '../../regions.ts';
import { paged, select } from './selection.ts';

function regionOf(call: Call, name: string): Region {
  const always = (defaultRegions as readonly string[]).includes(name);
  const status = always
    ? 'opt-in-not-required'
    : call.site.profile.optedIn.includes(name)
      ? 'opted-in'
      : 'not-opted-in';
  return { RegionName: name, Endpoint: `ec2.${name}.amazonaws.com`, OptInStatus: status };
}

function interfaceOf(call: Call, state: InterfaceState): NetworkInterface {
  const { ec2 } = call.account.region(call.region);
  const subnet = ec2.subnets.find((candidate) => candidate.SubnetId === state.subnet);
  const { account } = call.site;
  return {
    NetworkInterfaceId: state.id,
    InterfaceType: state.type as NetworkInterfaceType,
    Status: 'in-use',
    Description: state.description,
    OwnerId: account,
    RequesterManaged: state.requester !== undefined,
    ...(state.requester === undefined ? {} : { RequesterId: state.requester }),
    SubnetId: state.subnet,
    VpcId: subnet?.VpcId,
    AvailabilityZone: subnet?.AvailabilityZone,
    PrivateIpAddress: state.privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: state.privateIp }],
    Ipv6Addresses: [],
    SourceDestCheck: true,
    Groups: state.groups.map((GroupId) => ({
      GroupId,
      GroupName: ec2.groups.find((group) => group.id === GroupId)?.name,
    })),
    ...(state.publicIp === undefined
      ? {}
      : { Association: { PublicIp: state.publicIp, IpOwnerId: 'amazon', PublicDnsName: '' } }),
    ...(state.instance === undefined
      ? {}
      : {
          Attachment: {
            AttachmentId: call.site.ec2Id('eni-attach', state.id),
            InstanceId: state.instance,
            InstanceOwnerId: account,
            DeviceIndex: 0,
            Status: 'attached',
          },
        }),
    TagSet: [],
  };
}

function flowLogOf(call: Call, log: FlowLogState): FlowLog {
  return {
    FlowLogId: log.id,
    ResourceId: log.resource,
    TrafficType: log.traffic,
    FlowLogStatus: log.active ? 'ACTIVE' : 'INACTIVE',
    DeliverLogsStatus: log.delivery,
    LogDestinationType: 's3',
    LogDestination: log.destination,
    CreationTime: call.world.calendar.ago(300),
    MaxAggregationInterval: 600,
    Tags: [],
  };
}

export const network: Answers<typeof sdk> = {
  DescribeRegions: (input, call) => {
    const regions = allRegions.map((name) => regionOf(call, name));
    const visible =
      input.AllRegions === true ? regions : regions.filter((region) => region.OptInStatus !== 'not-opted-in');
    const lenses = {
      'opt-in-status': (region: Region) => [region.OptInStatus],
      'region-name': (region: Region) => [region.RegionName],
    };
    return {
      Regions: [
        ...select(
          visible,
          (region) => region.RegionName,
          input.RegionNames,
          input.Filters,
          lenses,
          'InvalidParameterValue',
        ),
      ],
    };
  },
  DescribeVpcs: (input, call) => {
    const { vpcs } = call.account.region(call.region).ec2;
    const lenses = {
      'vpc-id': (vpc: Vpc) => [vpc.VpcId],
      'is-default': (vpc: Vpc) => [String(vpc.IsDefault)],
      isDefault: (vpc: Vpc) => [String(vpc.IsDefault)],
    };
    const { items, next } = paged(
      select(vpcs, (vpc) => vpc.VpcId, input.VpcIds, input.Filters, lenses, 'InvalidVpcID.NotFound'),
      input,
    );
    return { Vpcs: [...items], NextToken: next };
  },
  DescribeSubnets: (input, call) => {
    const { subnets } = call.account.region(call.region).ec2;
    const lenses = { 'vpc-id': (subnet: Subnet) => [subnet.VpcId], 'subnet-id': (subnet: Subnet) => [subnet.SubnetId] };
    const { items, next } = paged(
      select(subnets, (subnet) => subnet.SubnetId, input.SubnetIds, input.Filters, lenses, 'InvalidSubnetID.NotFound'),
      input,
    );
    return { Subnets: [...items], NextToken: next };
  },
  DescribeNetworkAcls: (input, call) => {
    const { acls } = call.account.region(call.region).ec2;
    const lenses = {
      'vpc-id': (acl: NetworkAcl) => [acl.VpcId],
      'network-acl-id': (acl: NetworkAcl) => [acl.NetworkAclId],
      default: (acl: NetworkAcl) => [String(acl.IsDefault)],
    };
    const { items, next } = paged(
      select(
        acls,
        (acl) => acl.NetworkAclId,
        input.NetworkAclIds,
        input.Filters,
        lenses,
        'InvalidNetworkAclID.NotFound',
      ),
      input,
    );
    return { NetworkAcls: [...items], NextToken: next };
  },
  DescribeNetworkInterfaces: (input, call) => {
    const { interfaces } = call.account.region(call.region).ec2;
    const lenses = {
      'group-id': (state: InterfaceState) => state.groups,
      'subnet-id': (state: InterfaceState) => [state.subnet],
      'attachment.instance-id': (state: InterfaceState) => [state.instance],
    };
    const chosen = select(
      interfaces,
      (state) => state.id,
      input.NetworkInterfaceIds,
      input.Filters,
      lenses,
      'InvalidNetworkInterfaceID.NotFound',
    );
    const { items, next } = paged(chosen, input);
    return { NetworkInterfaces: items.map((state) => interfaceOf(call, state)), NextToken: next };
  },
  DescribeFlowLogs: (input, call) => {
    const { flowLogs } = call.account.region(call.region).ec2;
    const lenses = {
      'resource-id': (log: FlowLogState) => [log.resource],
      'flow-log-id': (log: FlowLogState) => [log.id],
    };
    const { items, next } = paged(
      select(flowLogs, (log) => log.id, input.FlowLogIds, input.Filter, lenses, 'InvalidFlowLogId.NotFound'),
      input,
    );
    return { FlowLogs: items.map((log) => flowLogOf(call, log)), NextToken: next };
  },
  DescribeAvailabilityZones: (_, call) => ({
    AvailabilityZones: ['a', 'b', 'c'].map((zone) => ({
      ZoneName: `${call.region}${zone}`,
      RegionName: call.region,
      State: 'available',
      ZoneType: 'availability-zone',
    })),
  }),
};
