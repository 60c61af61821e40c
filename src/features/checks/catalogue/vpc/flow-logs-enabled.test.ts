import type { FlowLogConfig } from '../../../../domain/resources/ec2.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './flow-logs-enabled.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6';
const logs = 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html';
const sharing = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html';
const vpc = make('AWS::EC2::VPC');
const log = (config: Partial<FlowLogConfig> = {}, name = 'fl-1') => make('AWS::EC2::FlowLog', config, { name });

testCheck('vpc-flow-logs-enabled', check, [
  { name: 'all traffic', subject: vpc, evidence: [log()], expect: 'pass', reason: 'ALL' },
  {
    name: 'rejected traffic',
    subject: vpc,
    evidence: [log({ trafficType: 'REJECT' })],
    expect: 'pass',
    source: control,
  },
  {
    name: 'accepted traffic only',
    subject: vpc,
    evidence: [log({ trafficType: 'ACCEPT' })],
    expect: 'fail',
    reason: 'accepted traffic only',
    source: control,
  },
  { name: 'none', subject: vpc, expect: 'fail', reason: 'no flow log' },
  { name: 'of another VPC', subject: vpc, evidence: [log({ resourceId: 'vpc-other' })], expect: 'fail' },
  {
    name: 'of one of its subnets',
    subject: vpc,
    evidence: [log({ resourceId: 'subnet-0a1b2c3d' })],
    expect: 'fail',
    source: logs,
  },
  { name: 'not active', subject: vpc, evidence: [log({ status: 'INACTIVE' })], expect: 'fail', reason: 'INACTIVE' },
  {
    name: 'delivery fails',
    subject: vpc,
    evidence: [log({ deliverStatus: 'FAILED' })],
    expect: 'fail',
    reason: 'FAILED',
  },
  { name: 'not delivered yet', subject: vpc, evidence: [log({ deliverStatus: null })], expect: 'pass' },
  {
    name: 'one fails, another works',
    subject: vpc,
    evidence: [log({ deliverStatus: 'FAILED' }), log({}, 'fl-2')],
    expect: 'pass',
    reason: 'fl-2',
  },
  {
    name: 'shared by another account',
    subject: make('AWS::EC2::VPC', {}, { arn: 'arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-0a1b2c3d' }),
    expect: 'not-applicable',
    reason: '444455556666',
    source: sharing,
  },
  {
    name: 'one works, although some could not be read',
    subject: vpc,
    evidence: [log()],
    incomplete: ['AWS::EC2::FlowLog'],
    expect: 'pass',
  },
  { name: 'none seen, and some could not be read', subject: vpc, incomplete: ['AWS::EC2::FlowLog'], expect: 'unknown' },
]);
