import { describe, expect, test } from 'vitest';
import { createAwsAccess } from './create-access.ts';
import { homeRegion, isOptInRegion, knownRegions, partitionOfArn, partitionOfRegion } from './partitions.ts';
import { checkRegionNames, defaultRegions, enabledRegions, selectRegions } from './regions.ts';
import { awsError, type Script, scriptedAws } from './testing/scripted-aws.ts';

async function regionsBy(script: Script) {
  const aws = scriptedAws(script);
  const access = await (await createAwsAccess(aws.options)).account('444455556666');
  const regions = await enabledRegions(access);
  return { regions, asked: aws.calls.map((call) => `${call.operation} ${call.region}`).slice(2) };
}

describe('the enabled regions of an account', () => {
  test('are asked of Account Management, page by page', async () => {
    const { regions, asked } = await regionsBy(({ operation, input }) => {
      if (operation !== 'account:ListRegions') return undefined;
      expect(input['RegionOptStatusContains']).toEqual(['ENABLED', 'ENABLED_BY_DEFAULT']);
      return input['NextToken'] === undefined
        ? { Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }], NextToken: 'more' }
        : { Regions: [{ RegionName: 'af-south-1' }, { RegionName: 'cn-north-1' }] };
    });
    expect(regions).toEqual(['af-south-1', 'eu-west-1', 'us-east-1']);
    expect(asked).toEqual(['account:ListRegions us-east-1', 'account:ListRegions us-east-1']);
  });

  test('are asked of EC2 where that is refused', async () => {
    const { regions, asked } = await regionsBy(({ operation }) => {
      if (operation === 'account:ListRegions') throw awsError('AccessDeniedException', 'no', 403);
      return operation === 'ec2:DescribeRegions'
        ? { Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] }
        : undefined;
    });
    expect(regions).toEqual(['eu-west-1', 'us-east-1']);
    expect(asked).toEqual(['account:ListRegions us-east-1', 'ec2:DescribeRegions us-east-1']);
  });

  test('are unread where both refuse', async () => {
    const { regions } = await regionsBy(({ operation }) => {
      if (operation === 'account:ListRegions') throw awsError('AccessDeniedException', 'no', 403);
      if (operation === 'ec2:DescribeRegions') throw awsError('UnauthorizedOperation', 'no', 403);
      return undefined;
    });
    expect(regions).toEqual({ $unread: { operation: 'ec2:DescribeRegions', reason: 'denied' } });
  });
});

describe('names of regions', () => {
  test.each([
    [['eu-west-1', 'cn-north-1', 'us-gov-east-1'], []],
    [[], ['sa-east-1']],
    [['xx-nowhere-9'], []],
  ])('%j and without %j are taken', (regions, excludeRegions) => {
    expect(() => checkRegionNames({ regions, excludeRegions })).not.toThrow();
  });

  test.each([
    [['eu-wets-1'], [], '--regions: there is no region "eu-wets-1".', 'Did you mean "eu-west-1"?'],
    [['eu-west-11'], [], '--regions: there is no region "eu-west-11".', 'Did you mean'],
    [[], ['US-EAST-1'], '--exclude-regions: there is no region "US-EAST-1".', 'Did you mean "us-east-1"?'],
    [['Frankfurt'], [], '--regions: there is no region "Frankfurt".', 'Region codes look like eu-west-1.'],
    [['eu-west-1,us-east-1 '], [], '--regions: there is no region', ''],
  ])('%j and without %j are refused', (regions, excludeRegions, message, hint) => {
    let thrown: unknown;
    try {
      checkRegionNames({ regions, excludeRegions });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'usage', message: expect.stringContaining(message) as string });
    expect((thrown as { hint: string }).hint).toContain(hint);
  });

  test.each([
    [['a', 'b', 'c'], [], [], ['a', 'b', 'c']],
    [['a', 'b', 'c'], ['c', 'a', 'x'], [], ['a', 'c']],
    [['a', 'b', 'c'], [], ['b'], ['a', 'c']],
    [['a', 'b', 'c'], ['a', 'b'], ['b'], ['a']],
  ])('of %j only %j without %j: %j', (enabled, regions, excludeRegions, selected) => {
    expect(selectRegions(enabled, { regions, excludeRegions })).toEqual(selected);
  });
});

describe('partitions', () => {
  test.each([
    ['aws', 'us-east-1', 'arn:aws:iam::111122223333:root'],
    ['aws-cn', 'cn-north-1', 'arn:aws-cn:iam::111122223333:root'],
    ['aws-us-gov', 'us-gov-west-1', 'arn:aws-us-gov:iam::111122223333:root'],
  ] as const)('%s is at home in %s', (partition, home, arn) => {
    expect(homeRegion(partition)).toBe(home);
    expect(partitionOfRegion(home)).toBe(partition);
    expect(partitionOfArn(arn)).toBe(partition);
    expect(defaultRegions(partition)).toContain(home);
    for (const region of knownRegions(partition)) expect(partitionOfRegion(region)).toBe(partition);
  });

  test('another partition is refused', () => {
    expect(() => partitionOfArn('arn:aws-iso:iam::111122223333:root')).toThrow('"aws-iso" is not supported');
  });

  test('regions that must be enabled are known, and new ones count as such', () => {
    expect(['us-east-1', 'eu-south-1', 'zz-new-1'].map(isOptInRegion)).toEqual([false, true, true]);
    expect(defaultRegions('aws')).toHaveLength(17);
  });
});
