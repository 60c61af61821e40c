// Block Public Access as S3 gives it for buckets, accounts and access points alike.

import type { PublicAccessBlock } from '../../domain/resources/s3.ts';
import type { Members } from './answer.ts';

/** All four switches must be there: a missing one is neither on nor off. */
export function publicAccessBlockOf(
  must: Members,
  answer:
    | {
        BlockPublicAcls?: boolean | undefined;
        IgnorePublicAcls?: boolean | undefined;
        BlockPublicPolicy?: boolean | undefined;
        RestrictPublicBuckets?: boolean | undefined;
      }
    | undefined,
): PublicAccessBlock {
  const block = must(answer, 'PublicAccessBlockConfiguration');
  return {
    blockPublicAcls: must(block.BlockPublicAcls, 'BlockPublicAcls'),
    ignorePublicAcls: must(block.IgnorePublicAcls, 'IgnorePublicAcls'),
    blockPublicPolicy: must(block.BlockPublicPolicy, 'BlockPublicPolicy'),
    restrictPublicBuckets: must(block.RestrictPublicBuckets, 'RestrictPublicBuckets'),
  };
}
