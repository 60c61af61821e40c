import type { Resource } from '../../../../domain/resource.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { indexOnce } from '../../facts/index-once.ts';
import { otherOwner } from '../../facts/shared-network.ts';

/**
 * Passes when an active flow log of the VPC itself records rejected traffic, or all of it. A log that cannot deliver
 * does not count. https://docs.aws.amazon.com/config/latest/developerguide/vpc-flow-logs-enabled.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::VPC',
  needs: ['AWS::EC2::FlowLog'],
  title: 'VPCs should record flow logs',
  severity: 'medium',
  severityReason: 'Without them nobody sees scans, and nobody can say afterwards where data went.',
  why: 'Flow logs are the only record of network traffic in a VPC: who tried, who got through, and how much was carried out.',
  fix: {
    text: 'Create a flow log for the VPC, at least of rejected traffic; all traffic for investigations.',
    cli: 'aws ec2 create-flow-logs --resource-type VPC --resource-ids <vpc> --traffic-type ALL --log-destination-type s3 --log-destination arn:aws:s3:::<bucket>',
    cloudformation: `Type: AWS::EC2::FlowLog
Properties:
  ResourceType: VPC
  ResourceId: <vpc>
  TrafficType: ALL
  LogDestinationType: s3
  LogDestination: arn:aws:s3:::<bucket>`,
    terraform: `resource "aws_flow_log" "this" {
  vpc_id               = "<vpc>"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::<bucket>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/vpc-flow-logs-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
  ],
  controls: {
    securityHub: ['EC2.6'],
    configRules: ['vpc-flow-logs-enabled'],
    cis30: ['3.7'],
    cis50: ['3.7'],
    attack: ['T1562.008'],
    prowler: ['vpc_flow_logs_enabled'],
  },
  evaluate(vpc, context) {
    const owner = otherOwner(vpc, context.account);
    if (owner !== undefined) return notApplicable(`The VPC is shared by the account ${owner} and is judged there.`);
    const { resources } = context.readable('AWS::EC2::FlowLog');
    const logs = logsByTarget(resources).get(vpc.config.vpcId) ?? [];
    const working = logs.find(isWorking);
    if (working !== undefined)
      return pass(`The flow log ${working.name} records ${working.config.trafficType} traffic.`);
    context.resources('AWS::EC2::FlowLog');
    const [idle] = logs;
    if (idle === undefined) return fail('The VPC has no flow log.');
    const { status, deliverStatus, trafficType } = idle.config;
    return fail(
      trafficType === 'ACCEPT'
        ? `The flow log ${idle.name} records accepted traffic only.`
        : `The flow log ${idle.name} does not work: its status is ${status}, its delivery ${deliverStatus ?? 'unknown'}.`,
    );
  },
});

const logsByTarget = indexOnce((logs: readonly Resource<'AWS::EC2::FlowLog'>[]) =>
  Map.groupBy(logs, (log) => log.config.resourceId),
);

function isWorking({ config }: Resource<'AWS::EC2::FlowLog'>): boolean {
  return config.status === 'ACTIVE' && config.deliverStatus !== 'FAILED' && config.trafficType !== 'ACCEPT';
}
