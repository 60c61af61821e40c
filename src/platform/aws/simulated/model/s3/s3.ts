// The S3 of one account: ordinary buckets, and what was planted among them.

import { type Site, dealt } from '../../site.ts';
import { type S3Draft, createS3Draft, logBucketOf } from './draft.ts';
import { bucketGroups } from './plants.ts';
import { type S3Model, blocksNothing } from './state.ts';
import { addTrailBuckets, wantsPublicBucket } from './trail-buckets.ts';

export type { S3Model } from './state.ts';

const ordinary = ['data', 'artifacts', 'templates', 'reports', 'media', 'backups'];

function addOrdinary(draft: S3Draft): void {
  const { site } = draft;
  const random = site.random('buckets');
  const second = site.profile.usedRegions[1];
  const logs = draft.addBucket('access-logs', {
    loggedTo: undefined,
    encryption: { algorithm: 'AES256', key: undefined },
  });
  if (logs.name !== logBucketOf(site)) throw new Error('The log bucket is called otherwise than buckets believe.');
  const count = site.profile.role === 'sandbox' ? 2 : random.between(2, ordinary.length);
  for (const name of ordinary.slice(0, count)) draft.addBucket(name);
  if (second !== undefined) {
    draft.addBucket(`replica-${second}`, {
      region: second,
      encryption: { algorithm: 'AES256', key: undefined },
      loggedTo: undefined,
    });
  }
}

/** Where an account stands with its own block: on nearly everywhere. */
function addAccountBlock(draft: S3Draft, wanted: 'on' | 'off' | undefined): void {
  const { site } = draft;
  const arn = site.arn('s3', '', 'account-public-access-block');
  const mark = (kind: 'plant' | 'clean-twin', note: string): void =>
    draft.record.add(kind, 'account-public-access-block-off', { type: 'AWS::S3::AccountPublicAccessBlock', arn, note });
  if (wanted === 'off') {
    const absent = (site.profile.plantIndex ?? 0) % 2 === 0;
    draft.publicAccessBlock = absent ? undefined : { ...blocksNothing, BlockPublicAcls: true };
    mark('plant', absent ? 'the account has no block' : 'the account blocks new public lists alone');
  } else if (wanted === 'on') {
    mark('clean-twin', 'the account blocks everything public');
  }
}

export function s3Model(site: Site): S3Model {
  const draft = createS3Draft(site);
  addOrdinary(draft);
  const groups = dealt(bucketGroups, site, 0.8);
  const off = wantsPublicBucket(draft) || groups.some((group) => group.account === 'off');
  const wanted = off ? 'off' : groups.find((group) => group.account === 'on')?.account;
  addAccountBlock(draft, wanted);
  addTrailBuckets(draft);
  for (const group of groups) {
    if (group.account === undefined || group.account === wanted) group.plant(draft);
  }
  return {
    buckets: draft.buckets,
    accessPoints: draft.accessPoints,
    publicAccessBlock: draft.publicAccessBlock,
    planted: draft.record.entries,
  };
}
