// VPC flow logs.

import { type DescribeFlowLogsRequest, EC2Client, type FlowLog, paginateDescribeFlowLogs } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages } from '../../pages.ts';

const operation = 'ec2:DescribeFlowLogs';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
function flowLogOf(context: CollectContext, log: FlowLog): AnyResource {
  const id = must(log.FlowLogId, 'FlowLogId');
  const resourceId = must(log.ResourceId, 'ResourceId');
  return resourceOf(context, 'AWS::EC2::FlowLog', {
    arn: settingArn(context, 'ec2', context.region, `vpc-flow-log/${id}`),
    name: id,
    tags: tagsOf(log.Tags),
    config: {
      resourceId,
      status: must(log.FlowLogStatus, 'FlowLogStatus'),
      deliverStatus: textOrNull(log.DeliverLogsStatus),
      // Those of transit gateways and their attachments have no type: they take everything.
      trafficType: resourceId.startsWith('tgw') ? (log.TrafficType ?? 'ALL') : must(log.TrafficType, 'TrafficType'),
      destinationType: must(log.LogDestinationType, 'LogDestinationType'),
      destination: textOrNull(log.LogDestination) ?? textOrNull(log.LogGroupName),
    },
  });
}

function readFlowLogs(context: CollectContext, input: DescribeFlowLogsRequest): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  return readPages(
    context,
    paginateDescribeFlowLogs({ client, ...pageSizeOf(input, 1000) }, input, { abortSignal: context.signal }),
    (page) => ({ items: must(page.FlowLogs, 'FlowLogs') }),
    (log) => flowLogOf(context, log),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::FlowLog'],
  operations: [operation],
  events: ['ec2:CreateFlowLogs', 'ec2:DeleteFlowLogs', 'ec2:CreateTags', 'ec2:DeleteTags'],
  collect: (context) => readFlowLogs(context, {}),
  refresh: (context, arn) =>
    findOne(readFlowLogs(context, { FlowLogIds: [idOf(arn)] }), arn, ['InvalidFlowLogId.NotFound']),
};
