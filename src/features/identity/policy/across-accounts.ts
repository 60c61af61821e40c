// Actions that a resource policy cannot give to other accounts, whatever it says.

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html */
const ownersOfQueues = actions('sqs', [
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
]);

/**
 * Of KMS the reverse: cryptographic operations and these few are all that other accounts can be given.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
const guestsOfKeys = actions('kms', [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
]);

/**
 * Of Secrets Manager too: these and no others. Of them GetRandomPassword acts on no secret.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
const guestsOfSecrets = actions('secretsmanager', [
  'CancelRotateSecret',
  'DeleteResourcePolicy',
  'DeleteSecret',
  'DescribeSecret',
  'GetRandomPassword',
  'GetResourcePolicy',
  'GetSecretValue',
  'ListSecretVersionIds',
  'PutResourcePolicy',
  'PutSecretValue',
  'RemoveRegionsFromReplication',
  'ReplicateSecretToRegions',
  'RestoreSecret',
  'RotateSecret',
  'StopReplicationToReplica',
  'TagResource',
  'UntagResource',
  'UpdateSecret',
  'UpdateSecretVersionStage',
  'ValidateResourcePolicy',
]);

/**
 * True where a resource policy can give the action to another account. IAM's own actions know no resource policies: a
 * trust policy speaks of assuming the role alone.
 *
 * @param action in lower case
 */
export function admitsOtherAccounts(action: string): boolean {
  if (action.startsWith('iam:')) return false;
  if (action.startsWith('kms:')) return guestsOfKeys.has(action);
  if (action.startsWith('secretsmanager:')) return guestsOfSecrets.has(action);
  return !ownersOfQueues.has(action);
}

function actions(service: string, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => `${service}:${name.toLowerCase()}`));
}
