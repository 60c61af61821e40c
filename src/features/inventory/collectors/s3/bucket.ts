// S3 buckets: the list from the account's home, each bucket's settings from the bucket's own region.

import {
  type Bucket,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { formatArn, parseArn } from '../../../../domain/arn.ts';
import { type Evidence, isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource, Tags } from '../../../../domain/resource.ts';
import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { type Parts, partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';
import { publicAccessBlockOf } from '../../public-access-block.ts';

/** What the readers of a bucket's settings need. */
interface Reader {
  parts: Parts;
  client: S3Client;
  input: { Bucket: string };
  options: { abortSignal: AbortSignal };
}

type Setting<K extends keyof BucketConfig> = (reader: Reader) => Promise<BucketConfig[K]>;

const readEncryption: Setting<'encryption'> = ({ parts, client, input, options }) =>
  parts.optional(
    's3:GetBucketEncryption',
    async () => {
      const must = membersOf('s3:GetBucketEncryption');
      const answer = await client.send(new GetBucketEncryptionCommand(input), options);
      const rule = must(answer.ServerSideEncryptionConfiguration?.Rules?.[0], 'Rules');
      const byDefault = must(rule.ApplyServerSideEncryptionByDefault, 'ApplyServerSideEncryptionByDefault');
      return {
        algorithm: must(byDefault.SSEAlgorithm, 'SSEAlgorithm'),
        kmsKeyId: textOrNull(byDefault.KMSMasterKeyID),
        bucketKeyEnabled: rule.BucketKeyEnabled === true,
      };
    },
    ['ServerSideEncryptionConfigurationNotFoundError'],
  );

const readPolicy: Setting<'policy'> = ({ parts, client, input, options }) =>
  parts.optional(
    's3:GetBucketPolicy',
    async () => {
      const answer = await client.send(new GetBucketPolicyCommand(input), options);
      return membersOf('s3:GetBucketPolicy')(answer.Policy, 'Policy');
    },
    ['NoSuchBucketPolicy'],
  );

const readPolicyStatus: Setting<'policyIsPublic'> = ({ parts, client, input, options }) =>
  parts.optional(
    's3:GetBucketPolicyStatus',
    async () => {
      const answer = await client.send(new GetBucketPolicyStatusCommand(input), options);
      return membersOf('s3:GetBucketPolicyStatus')(answer.PolicyStatus?.IsPublic, 'IsPublic');
    },
    ['NoSuchBucketPolicy'],
  );

const readAcl: Setting<'acl'> = ({ parts, client, input, options }) =>
  parts.always('s3:GetBucketAcl', async () => {
    const must = membersOf('s3:GetBucketAcl');
    const answer = await client.send(new GetBucketAclCommand(input), options);
    const grants = must(answer.Grants, 'Grants').map(({ Grantee, Permission }) => {
      const types = ['CanonicalUser', 'Group', 'AmazonCustomerByEmail'] as const;
      const granteeType = must.oneOf(Grantee?.Type, types, 'Grantee.Type');
      return {
        granteeType,
        // Mail addresses are not kept.
        grantee: granteeType === 'AmazonCustomerByEmail' ? '' : must(Grantee?.URI ?? Grantee?.ID, 'Grantee'),
        permission: must(Permission, 'Permission'),
      };
    });
    return { owner: must(answer.Owner?.ID, 'Owner.ID'), grants };
  });

const readPublicAccessBlock: Setting<'publicAccessBlock'> = ({ parts, client, input, options }) =>
  parts.optional(
    's3:GetPublicAccessBlock',
    async () => {
      const answer = await client.send(new GetPublicAccessBlockCommand(input), options);
      return publicAccessBlockOf(membersOf('s3:GetPublicAccessBlock'), answer.PublicAccessBlockConfiguration);
    },
    ['NoSuchPublicAccessBlockConfiguration'],
  );

const readOwnership: Setting<'objectOwnership'> = ({ parts, client, input, options }) =>
  parts.optional(
    's3:GetBucketOwnershipControls',
    async () => {
      const answer = await client.send(new GetBucketOwnershipControlsCommand(input), options);
      const allowed = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;
      const ownership = answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
      return membersOf('s3:GetBucketOwnershipControls').oneOf(ownership, allowed, 'ObjectOwnership');
    },
    ['OwnershipControlsNotFoundError'],
  );

/** An empty answer says that versioning was never switched on. */
const readVersioning: Setting<'versioning'> = ({ parts, client, input, options }) =>
  parts.always('s3:GetBucketVersioning', async () => {
    const answer = await client.send(new GetBucketVersioningCommand(input), options);
    return { status: answer.Status ?? null, mfaDelete: answer.MFADelete === 'Enabled' };
  });

const readLifecycleRules = ({ parts, client, input, options }: Reader): Promise<Evidence<number | null>> =>
  parts.optional(
    's3:GetBucketLifecycleConfiguration',
    async () => {
      const answer = await client.send(new GetBucketLifecycleConfigurationCommand(input), options);
      return membersOf('s3:GetBucketLifecycleConfiguration')(answer.Rules, 'Rules').length;
    },
    ['NoSuchLifecycleConfiguration'],
  );

/** A call that only buckets without MFA delete are worth: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html */
function lifecycleMatters(versioning: BucketConfig['versioning']): boolean {
  return !isUnread(versioning) && versioning.status === 'Enabled' && !versioning.mfaDelete;
}

/** An empty answer says that access is not logged. */
const readLogging: Setting<'logging'> = ({ parts, client, input, options }) =>
  parts.optional('s3:GetBucketLogging', async () => {
    const { LoggingEnabled: logging } = await client.send(new GetBucketLoggingCommand(input), options);
    if (logging === undefined) return null;
    const targetBucket = membersOf('s3:GetBucketLogging')(logging.TargetBucket, 'TargetBucket');
    return { targetBucket, targetPrefix: logging.TargetPrefix ?? '' };
  });

async function readTags({ parts, client, input, options }: Reader): Promise<Evidence<Tags>> {
  const tags = await parts.optional(
    's3:GetBucketTagging',
    async () => {
      const answer = await client.send(new GetBucketTaggingCommand(input), options);
      return tagsOf(membersOf('s3:GetBucketTagging')(answer.TagSet, 'TagSet'));
    },
    ['NoSuchTagSet'],
  );
  return tags ?? {};
}

/**
 * The region of a bucket that the list did not tell: no constraint means the partition's first region, `EU` is old.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
async function locate(context: CollectContext, name: string): Promise<string | undefined> {
  try {
    const command = new GetBucketLocationCommand({ Bucket: name });
    const answer = await context.client(S3Client).send(command, { abortSignal: context.signal });
    const constraint: string | undefined = answer.LocationConstraint;
    if (constraint === 'EU') return 'eu-west-1';
    return textOrNull(constraint) ?? context.region;
  } catch (error) {
    if (errorName(error) === 'NoSuchBucket') return undefined;
    throw error;
  }
}

async function readBucket(context: CollectContext, bucket: Bucket): Promise<AnyResource | undefined> {
  const must = membersOf('s3:ListBuckets');
  const name = must(bucket.Name, 'Name');
  const createdAt = must.time(bucket.CreationDate, 'CreationDate');
  const region = bucket.BucketRegion ?? (await locate(context, name));
  if (region === undefined) return undefined;
  const parts = partsOf(context, ['NoSuchBucket']);
  const client = context.client(S3Client, region);
  const reader: Reader = { parts, client, input: { Bucket: name }, options: { abortSignal: context.signal } };
  const policy = await readPolicy(reader);
  const versioning = await readVersioning(reader);
  const config: BucketConfig = {
    createdAt,
    encryption: await readEncryption(reader),
    policy,
    policyIsPublic: policy === null ? null : await readPolicyStatus(reader),
    acl: await readAcl(reader),
    publicAccessBlock: await readPublicAccessBlock(reader),
    objectOwnership: await readOwnership(reader),
    versioning,
    ...(lifecycleMatters(versioning) ? { lifecycleRules: await readLifecycleRules(reader) } : {}),
    logging: await readLogging(reader),
  };
  const tags = await readTags(reader);
  if (parts.vanished) return undefined;
  const arn = formatArn({ partition: context.partition, service: 's3', region: '', account: '', resource: name });
  return resourceOf(context, 'AWS::S3::Bucket', { arn, name, region, tags, config });
}

export const collector: Collector = {
  scope: 'global',
  types: ['AWS::S3::Bucket'],
  operations: [
    's3:ListBuckets',
    's3:GetBucketLocation',
    's3:GetBucketEncryption',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketAcl',
    's3:GetPublicAccessBlock',
    's3:GetBucketOwnershipControls',
    's3:GetBucketVersioning',
    's3:GetBucketLifecycleConfiguration',
    's3:GetBucketLogging',
    's3:GetBucketTagging',
  ],
  events: [
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:PutBucketEncryption',
    's3:DeleteBucketEncryption',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketAcl',
    's3:PutBucketPublicAccessBlock',
    's3:DeleteBucketPublicAccessBlock',
    's3:PutBucketOwnershipControls',
    's3:DeleteBucketOwnershipControls',
    's3:PutBucketVersioning',
    's3:PutBucketLifecycle',
    's3:DeleteBucketLifecycle',
    's3:PutBucketLogging',
    's3:PutBucketTagging',
    's3:DeleteBucketTagging',
  ],
  async *collect(context) {
    const client = context.client(S3Client);
    // Buckets carry their region only in answers to requests that ask for pages.
    const buckets = resumed(context.cursor, (startingToken) =>
      paginateListBuckets({ client, startingToken, pageSize: 1000 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      buckets,
      (page) => ({
        items: membersOf('s3:ListBuckets')(page.Buckets, 'Buckets'),
        next: page.ContinuationToken,
      }),
      (bucket) => readBucket(context, bucket),
    );
  },
  async refresh(context, arn) {
    const name = parseArn(arn)?.resource ?? arn;
    const config = { client: context.client(S3Client), pageSize: 1000 };
    for await (const page of paginateListBuckets(config, { Prefix: name }, { abortSignal: context.signal })) {
      const buckets = membersOf('s3:ListBuckets')(page.Buckets, 'Buckets');
      const bucket = buckets.find(({ Name }) => Name === name);
      if (bucket !== undefined) return readBucket(context, bucket);
    }
    return undefined;
  },
};
