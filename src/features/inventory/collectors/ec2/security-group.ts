// Security groups with every rule. Rules have a list of their own: it names each one by its id.

import {
  EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
  type SecurityGroupRule as SdkRule,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { SecurityGroupRule } from '../../../../domain/resources/ec2.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const groupsOperation = 'ec2:DescribeSecurityGroups';
const rulesOperation = 'ec2:DescribeSecurityGroupRules';

type Filter = { Name: string; Values: string[] };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
function ruleOf(rule: SdkRule): SecurityGroupRule {
  const must = membersOf(rulesOperation);
  const ports = rule.IpProtocol === '-1' ? { from: -1, to: -1 } : { from: rule.FromPort ?? -1, to: rule.ToPort ?? -1 };
  return {
    ruleId: must(rule.SecurityGroupRuleId, 'SecurityGroupRuleId'),
    direction: must(rule.IsEgress, 'IsEgress') ? 'egress' : 'ingress',
    protocol: must(rule.IpProtocol, 'IpProtocol'),
    fromPort: ports.from,
    toPort: ports.to,
    ipv4: textOrNull(rule.CidrIpv4),
    ipv6: textOrNull(rule.CidrIpv6),
    prefixListId: textOrNull(rule.PrefixListId),
    referencedGroupId: textOrNull(rule.ReferencedGroupInfo?.GroupId),
    referencedAccountId: textOrNull(rule.ReferencedGroupInfo?.UserId),
    description: rule.Description ?? '',
  };
}

async function readRules(context: CollectContext, Filters?: Filter[]): Promise<Map<string, SecurityGroupRule[]>> {
  const must = membersOf(rulesOperation);
  const byGroup = new Map<string, SecurityGroupRule[]>();
  const client = context.client(EC2Client);
  const input = Filters === undefined ? {} : { Filters };
  const pages = paginateDescribeSecurityGroupRules({ client, pageSize: 1000 }, input, { abortSignal: context.signal });
  for await (const page of pages)
    for (const rule of must(page.SecurityGroupRules, 'SecurityGroupRules')) {
      const id = must(rule.GroupId, 'GroupId');
      const rules = byGroup.get(id) ?? [];
      rules.push(ruleOf(rule));
      byGroup.set(id, rules);
    }
  return byGroup;
}

function groupOf(context: CollectContext, group: SecurityGroup, rules: Map<string, SecurityGroupRule[]>): AnyResource {
  const must = membersOf(groupsOperation);
  const groupId = must(group.GroupId, 'GroupId');
  const groupName = must(group.GroupName, 'GroupName');
  return resourceOf(context, 'AWS::EC2::SecurityGroup', {
    arn: group.SecurityGroupArn ?? settingArn(context, 'ec2', context.region, `security-group/${groupId}`),
    name: groupName,
    tags: tagsOf(group.Tags),
    config: {
      groupId,
      groupName,
      vpcId: textOrNull(group.VpcId),
      // AWS reserves the name: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
      isDefault: groupName === 'default',
      rules: rules.get(groupId) ?? [],
    },
  });
}

async function* readGroups(context: CollectContext, Filters?: Filter[]) {
  const rules = await readRules(context, Filters);
  const client = context.client(EC2Client);
  const input = Filters === undefined ? {} : { Filters };
  const pages = paginateDescribeSecurityGroups({ client, pageSize: 1000 }, input, { abortSignal: context.signal });
  yield* readPages(
    context,
    pages,
    (page) => ({ items: membersOf(groupsOperation)(page.SecurityGroups, 'SecurityGroups') }),
    // In a shared VPC the owner sees participants' groups as well: those are judged in their own account.
    (group) =>
      group.OwnerId === undefined || group.OwnerId === context.account ? groupOf(context, group, rules) : undefined,
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::SecurityGroup'],
  operations: [groupsOperation, rulesOperation],
  events: [
    'ec2:CreateSecurityGroup',
    'ec2:DeleteSecurityGroup',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:ModifySecurityGroupRules',
  ],
  collect: (context) => readGroups(context),
  async refresh(context, arn) {
    const Filters = [{ Name: 'group-id', Values: [arn.slice(arn.lastIndexOf('/') + 1)] }];
    for await (const page of readGroups(context, Filters)) return page.resources[0];
    return undefined;
  },
};
