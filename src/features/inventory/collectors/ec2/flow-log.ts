// VPC flow logs.

import { EC2Client, type FlowLog, paginateDescribeFlowLogs } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'ec2:DescribeFlowLogs';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
function flowLogOf(context: CollectContext, log: FlowLog): AnyResource {
  const must = membersOf(operation);
  const id = must(log.FlowLogId, 'FlowLogId');
  return resourceOf(context, 'AWS::EC2::FlowLog', {
    arn: settingArn(context, 'ec2', context.region, `vpc-flow-log/${id}`),
    name: id,
    tags: tagsOf(log.Tags),
    config: {
      resourceId: must(log.ResourceId, 'ResourceId'),
      status: must(log.FlowLogStatus, 'FlowLogStatus'),
      deliverStatus: textOrNull(log.DeliverLogsStatus),
      // Flow logs of transit gateways have no traffic type: they take everything.
      trafficType: log.TrafficType ?? 'ALL',
      destinationType: log.LogDestinationType ?? 'cloud-watch-logs',
      destination: textOrNull(log.LogDestination) ?? textOrNull(log.LogGroupName),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::FlowLog'],
  operations: [operation],
  events: ['ec2:CreateFlowLogs', 'ec2:DeleteFlowLogs'],
  async *collect(context) {
    const client = context.client(EC2Client);
    yield* readPages(
      context,
      paginateDescribeFlowLogs({ client, pageSize: 1000 }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf(operation)(page.FlowLogs, 'FlowLogs') }),
      (log) => flowLogOf(context, log),
    );
  },
};
