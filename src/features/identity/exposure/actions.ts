// Which actions a resource's policy can open to others, by what they are good for. A test holds the lists to the
// Service Authorization Reference: every action on these resource types stands in exactly one of them.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import type { AccessClass, ExposedKind } from './access.ts';

/** What an action names: the resource itself, or something inside it. */
export type Target = 'itself' | 'object';

interface ActionList {
  readonly kind: ExposedKind;
  readonly target: Target;
  readonly service: string;
  readonly names: Partial<Record<AccessClass, string>>;
}

export const actionLists: readonly ActionList[] = [
  {
    kind: 'bucket',
    target: 'itself',
    service: 's3',
    names: {
      read: 'GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions ListTagsForResource',
      write:
        'AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketWebsite PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration',
      administer:
        'DeleteBucketPolicy PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock',
    },
  },
  {
    kind: 'bucket',
    target: 'object',
    service: 's3',
    names: {
      read: 'GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations',
      write:
        'AbortMultipartUpload DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging InitiateReplication PutObject PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAnnotation PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags RestoreObject UpdateObjectEncryption',
      administer: 'BypassGovernanceRetention ObjectOwnerOverrideToBucketOwner PutObjectAcl PutObjectVersionAcl',
    },
  },
  {
    kind: 'access-point',
    target: 'itself',
    service: 's3',
    names: {
      read: 'GetAccessPointPolicy GetAccessPointPolicyStatus GetBucketAcl GetBucketCORS GetBucketLocation GetBucketNotification GetBucketPolicy ListBucket ListBucketVersions ListTagsForResource',
      write: 'CreateAccessPoint DeleteAccessPoint TagResource UntagResource',
      administer: 'DeleteAccessPointPolicy PutAccessPointPolicy',
    },
  },
  {
    kind: 'access-point',
    target: 'object',
    service: 's3',
    names: {
      read: 'GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations',
      write:
        'AbortMultipartUpload DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging PutObject PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAnnotation PutObjectVersionTagging RestoreObject UpdateObjectEncryption',
      administer: 'BypassGovernanceRetention PutObjectAcl PutObjectVersionAcl',
    },
  },
  {
    // A domain's access policy decides about its indexes and APIs; its configuration is up to identity policies.
    kind: 'domain',
    target: 'object',
    service: 'es',
    names: {
      read: 'ESHttpGet ESHttpHead',
      write: 'ESHttpDelete ESHttpPatch ESHttpPost ESHttpPut',
    },
  },
  { kind: 'domain', target: 'itself', service: 'es', names: { read: 'ESCrossClusterGet' } },
  {
    kind: 'key',
    target: 'itself',
    service: 'kms',
    names: {
      read: 'Decrypt DeriveSharedSecret DescribeKey GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus GetParametersForImport GetPublicKey ListGrants ListKeyPolicies ListKeyRotations ListResourceTags ReEncryptFrom',
      write:
        'CancelKeyDeletion CreateAlias DeleteAlias DeleteImportedKeyMaterial DisableKey DisableKeyRotation EnableKey EnableKeyRotation Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac ImportKeyMaterial ReEncryptTo ReplicateKey RotateKeyOnDemand ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac',
      administer: 'CreateGrant PutKeyPolicy RetireGrant RevokeGrant',
    },
  },
  {
    kind: 'function',
    target: 'itself',
    service: 'lambda',
    names: {
      read: 'GetAlias GetFunction GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration GetFunctionEventInvokeConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetFunctionUrlConfig GetPolicy GetResourcePolicy GetRuntimeManagementConfig ListAliases ListDurableExecutionsByFunction ListFunctionEventInvokeConfigs ListFunctionUrlConfigs ListProvisionedConcurrencyConfigs ListTags ListVersionsByFunction',
      write:
        'CreateAlias CreateFunction CreateFunctionUrlConfig DeleteAlias DeleteFunction DeleteFunctionCodeSigningConfig DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig InvokeAsync InvokeFunction InvokeFunctionUrl PublishVersion PutFunctionCodeSigningConfig PutFunctionConcurrency PutFunctionEventInvokeConfig PutFunctionRecursionConfig PutFunctionScalingConfig PutRuntimeManagementConfig TagResource UntagResource UpdateAlias UpdateFunctionCode UpdateFunctionCodeSigningConfig UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig',
      administer:
        'AddPermission DeleteResourcePolicy DisableReplication EnableReplication PutResourcePolicy RemovePermission',
    },
  },
  {
    kind: 'topic',
    target: 'itself',
    service: 'sns',
    names: {
      read: 'ConfirmSubscription GetDataProtectionPolicy GetSubscriptionAttributes GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource Subscribe',
      write:
        'CreateTopic DeleteTopic Publish PutDataProtectionPolicy SetSubscriptionAttributes TagResource Unsubscribe UntagResource',
      administer: 'AddPermission RemovePermission SetTopicAttributes',
    },
  },
  {
    kind: 'queue',
    target: 'itself',
    service: 'sqs',
    names: {
      read: 'GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags ReceiveMessage',
      write:
        'CancelMessageMoveTask ChangeMessageVisibility CreateQueue DeleteMessage DeleteQueue PurgeQueue SendMessage StartMessageMoveTask TagQueue UntagQueue',
      administer: 'AddPermission RemovePermission SetQueueAttributes',
    },
  },
  {
    kind: 'repository',
    target: 'itself',
    service: 'ecr',
    names: {
      read: 'BatchCheckLayerAvailability BatchGetImage BatchGetRepositoryScanningConfiguration DescribeImageReplicationStatus DescribeImages DescribeImageScanFindings DescribeImageSigningStatus DescribeRepositories GetDownloadUrlForLayer GetImageCopyStatus GetLifecyclePolicy GetLifecyclePolicyPreview GetRepositoryPolicy ListImages ListTagsForResource',
      write:
        'BatchDeleteImage BatchImportUpstreamImage CompleteLayerUpload CreateRepository DeleteLifecyclePolicy DeleteRepository InitiateLayerUpload PutImage PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy ReplicateImage StartImageScan StartLifecyclePolicyPreview TagResource UntagResource UpdateImageStorageClass UploadLayerPart',
      administer: 'DeleteRepositoryPolicy SetRepositoryPolicy',
    },
  },
  {
    kind: 'secret',
    target: 'itself',
    service: 'secretsmanager',
    names: {
      read: 'DescribeSecret GetResourcePolicy GetSecretValue ListSecretVersionIds',
      write:
        'CancelRotateSecret CreateSecret DeleteSecret PutSecretValue RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret RotateSecret StopReplicationToReplica TagResource UntagResource UpdateSecret UpdateSecretVersionStage',
      administer: 'DeleteResourcePolicy PutResourcePolicy ValidateResourcePolicy',
    },
  },
  {
    kind: 'role',
    target: 'itself',
    service: 'sts',
    // The other actions of trust policies (TagSession, SetSourceIdentity, SetContext) go with one of these.
    names: { assume: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity' },
  },
];

export interface ExposedAction {
  /** `service:Name`. */
  readonly action: string;
  readonly access: AccessClass;
  readonly target: Target;
}

const byKind = new Map<ExposedKind, readonly ExposedAction[]>();

/** The actions that the policy of a kind of resource decides. */
export function exposedActions(kind: ExposedKind): readonly ExposedAction[] {
  let actions = byKind.get(kind);
  if (actions === undefined) {
    actions = actionLists
      .filter((list) => list.kind === kind)
      .flatMap(({ target, service, names }) =>
        Object.entries(names).flatMap(([access, text]) =>
          text.split(' ').map((name) => ({ action: `${service}:${name}`, access: access as AccessClass, target })),
        ),
      );
    byKind.set(kind, actions);
  }
  return actions;
}
