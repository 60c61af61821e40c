import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './instance.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64');

const instance = (InstanceId: string, more: object = {}): object => ({
  InstanceId,
  InstanceType: 't3.micro',
  ImageId: 'ami-1',
  State: { Name: 'running' },
  LaunchTime: new Date('2026-01-01T10:00:00Z'),
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  PublicIpAddress: '203.0.113.7',
  PrivateIpAddress: '10.0.0.7',
  SecurityGroups: [{ GroupId: 'sg-1' }],
  IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' },
  MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 },
  Tags: [{ Key: 'Name', Value: 'web' }],
  ...more,
});

const reservations = (...instances: object[]): object => ({ Reservations: [{ Instances: instances }] });
const userData = (Value?: string): Answers => ({
  'ec2:DescribeInstanceAttribute': { InstanceId: 'i-1', UserData: Value === undefined ? {} : { Value } },
});

const answers: Answers = {
  'ec2:DescribeInstances': ({ input }) => {
    const ids = input['InstanceIds'] as string[] | undefined;
    if (ids !== undefined) return reservations(instance(String(ids[0])));
    return input['NextToken'] === undefined
      ? { ...reservations(instance('i-1')), NextToken: 'second' }
      : { Reservations: [{ Instances: [instance('i-2')] }, { Instances: [instance('i-3')] }] };
  },
  ...userData(base64('#!/bin/sh\nexport DB_PASSWORD=hunter22\n')),
};

const oneInstance = (more: object, data: Answers = userData()): Answers => ({
  'ec2:DescribeInstances': reservations(instance('i-1', more)),
  ...data,
});

keepsItsPromises('ec2/instance', {
  collector,
  answers,
  parts: { 'ec2:DescribeInstanceAttribute': ['config.userDataSecrets'] },
});

describe('ec2/instance', () => {
  test('one that a service manages is read, though the account may hide those from who does not ask', async () => {
    const hidden: Answers = {
      'ec2:DescribeInstances': ({ input: { IncludeManagedResources: shown } }) =>
        reservations(...(shown ? [instance('i-1')] : [])),
      ...userData(),
    };
    const { resources } = await collected(collector, hidden);
    expect(resources.map(({ name }) => name)).toEqual(['i-1']);
    expect(await refreshed(collector, hidden, 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1')).toBeDefined();
  });

  test.each([
    ['of a second interface', [{}, { Association: { PublicIp: '203.0.113.9' } }], '203.0.113.9'],
    [
      'of a second address of an interface',
      [{ PrivateIpAddresses: [{}, { Association: { PublicIp: '203.0.113.10' } }] }],
      '203.0.113.10',
    ],
    ['that only the carrier gave', [{ Association: { CarrierIp: '198.51.100.4' } }], null],
    ['that no interface has', [{}], null],
  ])('finds a public address %s', async (_name, NetworkInterfaces, expected) => {
    const { resources } = await collected(collector, oneInstance({ PublicIpAddress: undefined, NetworkInterfaces }));
    expect(resources).toMatchObject([{ config: { publicIp: expected } }]);
  });

  test('reads every page and every reservation', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      tags: { Name: 'web' },
      config: {
        state: 'running',
        launchedAt: '2026-01-01T10:00:00.000Z',
        publicIp: '203.0.113.7',
        securityGroupIds: ['sg-1'],
        instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/app',
        httpTokens: 'optional',
        httpEndpoint: 'enabled',
        httpPutResponseHopLimit: 2,
        userDataSecrets: [{ detector: 'generic-password', location: 'user data line 2' }],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['i-2', 'i-3']);
  });

  test('no user data is null, user data without secrets is empty', async () => {
    const none = await collected(collector, oneInstance({}));
    expect(none.resources).toMatchObject([{ config: { userDataSecrets: null } }]);
    const harmless = await collected(collector, oneInstance({}, userData(base64('#!/bin/sh\nyum update -y\n'))));
    expect(harmless.resources).toMatchObject([{ config: { userDataSecrets: [] } }]);
  });

  test('neither user data nor a secret of it goes any further', async () => {
    const data = userData(base64(gzipSync('DB_PASSWORD=hunter22-canary\n')));
    const { resources, context } = await collected(collector, oneInstance({}, data));
    expect(resources).toMatchObject([{ config: { userDataSecrets: [{ detector: 'generic-password' }] } }]);
    expect(JSON.stringify([resources, context.gaps])).not.toMatch(/canary|DB_PASSWORD/);
  });

  test('user data that cannot be opened is unread, not harmless', async () => {
    const { resources, context } = await collected(collector, oneInstance({}, userData('canary, not base64')));
    expect(resources).toMatchObject([{ config: { userDataSecrets: { $unread: { reason: 'failed' } } } }]);
    expect(context.gaps).toHaveLength(1);
    expect(JSON.stringify(context.gaps)).not.toContain('canary');
  });

  test('a terminated instance is left out without another call', async () => {
    const { resources, context } = await collected(collector, oneInstance({ State: { Name: 'terminated' } }));
    expect(resources).toEqual([]);
    expect(context.calls).toHaveLength(1);
  });

  test('one that is gone when its user data is asked for is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...oneInstance({}),
      'ec2:DescribeInstanceAttribute': refuse('InvalidInstanceID.NotFound'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });

  test.each([
    ['metadata options', { MetadataOptions: undefined }],
    ['tokens', { MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 } }],
    ['security groups', { SecurityGroups: undefined }],
  ])('its %s are not guessed', async (_name, more) => {
    const { error } = await collectedUntilError(collector, oneInstance(more));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'ec2:DescribeInstances': refuse('InvalidInstanceID.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1')).toBeUndefined();
  });
});
