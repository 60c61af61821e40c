// The partitions' home regions, and which partition a region belongs to.

import { type Partition, partitions } from '../../domain/arn.ts';
import { VedetteError } from '../../domain/errors.ts';

const homes: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** The region in which services without regions are read. */
export function homeRegion(partition: Partition): string {
  return homes[partition];
}

/** The partition of a region, by its name: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
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
