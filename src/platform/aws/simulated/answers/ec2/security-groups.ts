// EC2: security groups, and their rules as a list of their own.

import type * as sdk from '@aws-sdk/client-ec2';
import type { IpPermission, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Answers, Call } from '../../call.ts';
import type { Rule, SecurityGroupState } from '../../model/ec2/draft.ts';
import { paged, select } from './selection.ts';

function described(rule: Rule): { Description?: string } {
  return rule.description === undefined ? {} : { Description: rule.description };
}

/** Protocol and ports as EC2 writes them: none at all for "all traffic". */
function traffic(rule: Rule): { IpProtocol: string; FromPort?: number; ToPort?: number } {
  const IpProtocol = rule.protocol ?? 'tcp';
  if (IpProtocol === '-1') return { IpProtocol };
  const [FromPort, ToPort] = rule.ports ?? [0, 65_535];
  return { IpProtocol, FromPort, ToPort };
}

function permission(rule: Rule, account: string): IpPermission {
  return {
    ...traffic(rule),
    IpRanges: rule.ipv4 === undefined ? [] : [{ CidrIp: rule.ipv4, ...described(rule) }],
    Ipv6Ranges: rule.ipv6 === undefined ? [] : [{ CidrIpv6: rule.ipv6, ...described(rule) }],
    PrefixListIds: rule.prefixList === undefined ? [] : [{ PrefixListId: rule.prefixList, ...described(rule) }],
    UserIdGroupPairs: rule.group === undefined ? [] : [{ GroupId: rule.group, UserId: account, ...described(rule) }],
  };
}

/** Rules of the same traffic stand together, as EC2 shows them. */
function permissions(rules: readonly Rule[], account: string): IpPermission[] {
  const byTraffic = new Map<string, IpPermission>();
  for (const rule of rules) {
    const made = permission(rule, account);
    const key = `${made.IpProtocol} ${made.FromPort} ${made.ToPort}`;
    const before = byTraffic.get(key);
    if (before === undefined) byTraffic.set(key, made);
    else {
      before.IpRanges?.push(...(made.IpRanges ?? []));
      before.Ipv6Ranges?.push(...(made.Ipv6Ranges ?? []));
      before.PrefixListIds?.push(...(made.PrefixListIds ?? []));
      before.UserIdGroupPairs?.push(...(made.UserIdGroupPairs ?? []));
    }
  }
  return [...byTraffic.values()];
}

function groupOf(call: Call, group: SecurityGroupState): SecurityGroup {
  const { account } = call.site;
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: account,
    VpcId: group.vpc,
    SecurityGroupArn: call.site.arn('ec2', call.region, `security-group/${group.id}`),
    IpPermissions: permissions(
      group.rules.filter((rule) => rule.egress !== true),
      account,
    ),
    IpPermissionsEgress: permissions(
      group.rules.filter((rule) => rule.egress === true),
      account,
    ),
    Tags: [...group.tags],
  };
}

function rulesOf(call: Call, group: SecurityGroupState): SecurityGroupRule[] {
  const { account } = call.site;
  return group.rules.map((rule, index): SecurityGroupRule => {
    const id = call.site.ec2Id('sgr', group.id, index);
    const { IpProtocol, FromPort = -1, ToPort = -1 } = traffic(rule);
    return {
      SecurityGroupRuleId: id,
      SecurityGroupRuleArn: call.site.arn('ec2', call.region, `security-group-rule/${id}`),
      GroupId: group.id,
      GroupOwnerId: account,
      IsEgress: rule.egress === true,
      IpProtocol,
      FromPort,
      ToPort,
      Tags: [],
      ...described(rule),
      ...(rule.ipv4 === undefined ? {} : { CidrIpv4: rule.ipv4 }),
      ...(rule.ipv6 === undefined ? {} : { CidrIpv6: rule.ipv6 }),
      ...(rule.prefixList === undefined ? {} : { PrefixListId: rule.prefixList }),
      ...(rule.group === undefined ? {} : { ReferencedGroupInfo: { GroupId: rule.group, UserId: account } }),
    };
  });
}

export const securityGroups: Answers<typeof sdk> = {
  DescribeSecurityGroups: (input, call) => {
    const { groups } = call.account.region(call.region).ec2;
    const lenses = {
      'group-id': (group: SecurityGroupState) => [group.id],
      'group-name': (group: SecurityGroupState) => [group.name],
      'vpc-id': (group: SecurityGroupState) => [group.vpc],
    };
    const chosen = select(groups, (group) => group.id, input.GroupIds, input.Filters, lenses, 'InvalidGroup.NotFound');
    const { items, next } = paged(chosen, input);
    return { SecurityGroups: items.map((group) => groupOf(call, group)), NextToken: next };
  },
  DescribeSecurityGroupRules: (input, call) => {
    const rules = call.account.region(call.region).ec2.groups.flatMap((group) => rulesOf(call, group));
    const lenses = {
      'group-id': (rule: SecurityGroupRule) => [rule.GroupId],
      'security-group-rule-id': (rule: SecurityGroupRule) => [rule.SecurityGroupRuleId],
    };
    const chosen = select(
      rules,
      (rule) => rule.SecurityGroupRuleId,
      input.SecurityGroupRuleIds,
      input.Filters,
      lenses,
      'InvalidSecurityGroupRuleId.NotFound',
    );
    const { items, next } = paged(chosen, input);
    return { SecurityGroupRules: [...items], NextToken: next };
  },
};
