import type { Resource } from '../../../../domain/resource.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { indexOnce } from '../../facts/index-once.ts';

/**
 * Passes when an interface of any kind uses the group (instances, Lambda, RDS, load balancers, endpoints all have one),
 * or a rule of another group refers to it: such a group cannot be deleted.
 * https://docs.aws.amazon.com/config/latest/developerguide/ec2-security-group-attached-to-eni-periodic.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  needs: ['AWS::EC2::NetworkInterface'],
  title: 'Unused security groups should be removed',
  severity: 'medium',
  severityReason: 'An old group with wide rules is attached by mistake sooner or later; by itself it opens nothing.',
  why: 'Unused groups hide among the used ones, keep rules that nobody remembers, and are picked from the list because of their names.',
  fix: {
    text: 'Delete the group, or attach it where it belongs.',
    cli: 'aws ec2 delete-security-group --group-id <group>',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/ec2-security-group-attached-to-eni-periodic.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22',
    'https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html',
  ],
  controls: {
    securityHub: ['EC2.22'],
    configRules: ['ec2-security-group-attached-to-eni', 'ec2-security-group-attached-to-eni-periodic'],
    prowler: ['ec2_securitygroup_not_used'],
  },
  evaluate({ config }, context) {
    if (config.isDefault) return notApplicable('The default group of a VPC cannot be deleted.');
    const user = usersOf(context.readable('AWS::EC2::NetworkInterface').resources).get(config.groupId);
    if (user !== undefined) return pass(`The interface ${user} uses the group.`);
    const referring = referencesTo(context.readable('AWS::EC2::SecurityGroup').resources).get(config.groupId);
    if (referring !== undefined) return pass(`A rule of the group ${referring} refers to the group.`);
    context.resources('AWS::EC2::NetworkInterface');
    context.resources('AWS::EC2::SecurityGroup');
    return fail('No network interface uses the group, and no other group refers to it.');
  },
});

/** An interface for each group that is in use. */
const usersOf = indexOnce(
  (interfaces: readonly Resource<'AWS::EC2::NetworkInterface'>[]) =>
    new Map(interfaces.flatMap((one) => one.config.groupIds.map((id) => [id, one.name] as const))),
);

/** A group that refers to it, for each group that another one refers to. */
const referencesTo = indexOnce(
  (groups: readonly Resource<'AWS::EC2::SecurityGroup'>[]) =>
    new Map(
      groups.flatMap(({ config }) =>
        config.rules
          .map((rule) => rule.referencedGroupId)
          .filter((id) => id !== null && id !== config.groupId)
          .map((id) => [id, config.groupId] as const),
      ),
    ),
);
