// The partitions, their regions and their home regions.

import { type Partition, partitions } from '../../domain/arn.ts';
import { VedetteError } from '../../domain/errors.ts';
import table from './regions.json' with { type: 'json' };

const homes: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

const enabledFromTheStart = new Set(Object.values(table.default).flat());

/** The region in which services without regions are read. */
export function homeRegion(partition: Partition): string {
  return homes[partition];
}

/** The regions of a partition that this version knows by name, those that must be enabled last. */
export function knownRegions(partition: Partition): readonly string[] {
  return [...table.default[partition], ...table.optIn[partition]];
}

/** True for a region that an account must enable first, and for one that is newer than this version. */
export function isOptInRegion(region: string): boolean {
  return !enabledFromTheStart.has(region);
}

/** The partition of a region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOfRegion(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/**
 * The partition that an ARN names.
 * @throws VedetteError `partition-unsupported`
 */
export function partitionOfArn(arn: string): Partition {
  const name = arn.split(':', 2)[1] ?? '';
  const found = partitions.find((partition) => partition === name);
  if (found !== undefined) return found;
  throw new VedetteError('partition-unsupported', `The partition "${name}" is not supported.`, {
    hint: `Vedette works in ${partitions.join(', ')}.`,
  });
}
