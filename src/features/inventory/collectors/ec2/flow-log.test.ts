import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './flow-log.ts';

const log = (FlowLogId: string, more: object = {}): object => ({
  FlowLogId,
  ResourceId: 'vpc-1',
  FlowLogStatus: 'ACTIVE',
  DeliverLogsStatus: 'SUCCESS',
  TrafficType: 'REJECT',
  LogDestinationType: 'cloud-watch-logs',
  LogGroupName: 'flow',
  ...more,
});

const answers: Answers = {
  'ec2:DescribeFlowLogs': ({ input }) => {
    if (input['FlowLogIds'] !== undefined) return { FlowLogs: [log(String((input['FlowLogIds'] as string[])[0]))] };
    return input['NextToken'] === undefined
      ? { FlowLogs: [log('fl-1')], NextToken: 'second' }
      : { FlowLogs: [log('fl-2')] };
  },
};

const withLog = (more: object): Answers => ({ 'ec2:DescribeFlowLogs': { FlowLogs: [log('fl-1', more)] } });

keepsItsPromises('ec2/flow-log', { collector, answers });

describe('ec2/flow-log', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['fl-1', 'fl-2']);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/fl-1',
      config: {
        resourceId: 'vpc-1',
        status: 'ACTIVE',
        deliverStatus: 'SUCCESS',
        trafficType: 'REJECT',
        destinationType: 'cloud-watch-logs',
        destination: 'flow',
      },
    });
  });

  test('one that goes to a bucket', async () => {
    const more = { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::flow', LogGroupName: undefined };
    const { resources } = await collected(collector, withLog({ ...more, DeliverLogsStatus: undefined }));
    expect(resources).toMatchObject([{ config: { destination: 'arn:aws:s3:::flow', deliverStatus: null } }]);
  });

  test('only a transit gateway’s takes everything without saying so', async () => {
    const gateway = await collected(collector, withLog({ ResourceId: 'tgw-1', TrafficType: undefined }));
    expect(gateway.resources).toMatchObject([{ config: { trafficType: 'ALL' } }]);
    const { error } = await collectedUntilError(collector, withLog({ TrafficType: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeFlowLogs': refuse('InvalidFlowLogId.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/fl-1')).toBeUndefined();
  });
});
