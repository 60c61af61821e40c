// Security groups with every rule. Rules have a list of their own, which names each one by its id.

import {
  EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
  type SecurityGroupRule as SdkRule,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { SecurityGroupRule } from '../../../../domain/resources/ec2.ts';
import { idOf, membersOf, resourceOf, settingArn, secretless, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const mustGroup = membersOf('ec2:DescribeSecurityGroups');
const mustRule = membersOf('ec2:DescribeSecurityGroupRules');

/** A filter takes 200 values: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
const groupsAtOnce = 200;

/** Protocols that have ports (or a type and a code) of their own; AWS gives -1 for all of them. */
const withPorts = new Set(['tcp', 'udp', 'icmp', 'icmpv6', '6', '17', '1', '58']);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
function ruleOf(context: CollectContext, rule: SdkRule): SecurityGroupRule {
  const protocol = mustRule(rule.IpProtocol, 'IpProtocol');
  const portOf = (port: number | undefined, member: string): number =>
    withPorts.has(protocol) ? mustRule(port, member) : -1;
  return {
    ruleId: mustRule(rule.SecurityGroupRuleId, 'SecurityGroupRuleId'),
    direction: mustRule(rule.IsEgress, 'IsEgress') ? 'egress' : 'ingress',
    protocol,
    fromPort: portOf(rule.FromPort, 'FromPort'),
    toPort: portOf(rule.ToPort, 'ToPort'),
    ipv4: textOrNull(rule.CidrIpv4),
    ipv6: textOrNull(rule.CidrIpv6),
    prefixListId: textOrNull(rule.PrefixListId),
    referencedGroupId: textOrNull(rule.ReferencedGroupInfo?.GroupId),
    referencedAccountId: textOrNull(rule.ReferencedGroupInfo?.UserId),
    description: secretless(context, rule.Description ?? '', 'description'),
  };
}

async function readRules(context: CollectContext, groupIds: string[], into: Map<string, SdkRule[]>): Promise<void> {
  const pages = paginateDescribeSecurityGroupRules(
    { client: context.client(EC2Client), pageSize: 1000 },
    { Filters: [{ Name: 'group-id', Values: groupIds }] },
    { abortSignal: context.signal },
  );
  for await (const page of pages)
    for (const rule of mustRule(page.SecurityGroupRules, 'SecurityGroupRules'))
      into.get(mustRule(rule.GroupId, 'GroupId'))?.push(rule);
}

interface GroupsWithRules {
  groups: readonly SecurityGroup[];
  rules: ReadonlyMap<string, readonly SdkRule[]>;
  next: string | undefined;
}

/** Pages of groups, each with the rules of its groups: read after the group, so that none seems to have no rules. */
async function* groupsWithRules(
  context: CollectContext,
  groupId: string | undefined,
  startingToken: string | undefined,
): AsyncGenerator<GroupsWithRules> {
  const pages = paginateDescribeSecurityGroups(
    { client: context.client(EC2Client), startingToken, pageSize: 1000 },
    groupId === undefined ? {} : { Filters: [{ Name: 'group-id', Values: [groupId] }] },
    { abortSignal: context.signal },
  );
  for await (const page of pages) {
    // In a shared VPC the groups of others show as well: those are judged in their owners' accounts.
    const groups = mustGroup(page.SecurityGroups, 'SecurityGroups').filter(
      (group) => mustGroup(group.OwnerId, 'OwnerId') === context.account,
    );
    const ids = groups.map((group) => mustGroup(group.GroupId, 'GroupId'));
    const rules = new Map(ids.map((id): [string, SdkRule[]] => [id, []]));
    for (let from = 0; from < ids.length; from += groupsAtOnce)
      await readRules(context, ids.slice(from, from + groupsAtOnce), rules);
    yield { groups, rules, next: page.NextToken };
  }
}

function groupOf(context: CollectContext, group: SecurityGroup, rules: readonly SdkRule[]): AnyResource {
  const groupId = mustGroup(group.GroupId, 'GroupId');
  const groupName = mustGroup(group.GroupName, 'GroupName');
  return resourceOf(context, 'AWS::EC2::SecurityGroup', {
    arn: settingArn(context, 'ec2', context.region, `security-group/${groupId}`),
    name: groupName,
    tags: tagsOf(group.Tags),
    config: {
      groupId,
      groupName,
      vpcId: textOrNull(group.VpcId),
      // AWS reserves the name: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
      isDefault: groupName === 'default',
      rules: rules.map((rule) => ruleOf(context, rule)),
    },
  });
}

function readGroups(context: CollectContext, groupId?: string, cursor?: string): AsyncGenerator<Page> {
  return readPages(
    context,
    resumed(cursor, (token) => groupsWithRules(context, groupId, token)),
    ({ groups, rules, next }) => ({ items: groups.map((group) => ({ group, rules })), next }),
    ({ group, rules }) => groupOf(context, group, rules.get(group.GroupId ?? '') ?? []),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::SecurityGroup'],
  operations: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
  events: [
    'ec2:CreateSecurityGroup',
    'ec2:DeleteSecurityGroup',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:ModifySecurityGroupRules',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readGroups(context, undefined, context.cursor),
  refresh: (context, arn) => findOne(readGroups(context, idOf(arn)), arn, ['InvalidGroup.NotFound']),
};
