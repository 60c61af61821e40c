// Secrets of Secrets Manager with their resource policy. Their values are never asked for.

import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type RotationRulesType,
  type SecretListEntry,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Evidence, unread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { RotationRules } from '../../../../domain/resources/secretsmanager.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'secretsmanager:ListSecrets';
const describeOperation = 'secretsmanager:DescribeSecret';
const policyOperation = 'secretsmanager:GetResourcePolicy';
const gone = 'ResourceNotFoundException';

/** What both the list and the description of one secret say. */
type Entry = Omit<SecretListEntry, 'SecretVersionsToStages'>;

function rulesOf(rules: RotationRulesType | undefined): RotationRules | null {
  if (rules === undefined) return null;
  return {
    automaticallyAfterDays: rules.AutomaticallyAfterDays ?? null,
    scheduleExpression: textOrNull(rules.ScheduleExpression),
    duration: textOrNull(rules.Duration),
  };
}

async function readSecret(context: CollectContext, entry: Entry, operation: string): Promise<AnyResource | undefined> {
  const must = membersOf(operation);
  const arn = must(entry.ARN, 'ARN');
  const parts = partsOf(context, [gone]);
  const policy = async (): Promise<Evidence<string | null>> => {
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html refuses these.
    if (entry.DeletedDate !== undefined) return unread(policyOperation, 'unsupported');
    return await parts.optional(policyOperation, async () => {
      const command = new GetResourcePolicyCommand({ SecretId: arn });
      const answer = await context.client(SecretsManagerClient).send(command, { abortSignal: context.signal });
      membersOf(policyOperation)(answer.ARN, 'ARN');
      // AWS leaves the member out when there is no policy.
      return textOrNull(answer.ResourcePolicy);
    });
  };
  const config = {
    policy: await policy(),
    kmsKeyId: textOrNull(entry.KmsKeyId),
    // AWS leaves the member out of a secret that was never configured for rotation.
    rotationEnabled: entry.RotationEnabled ?? false,
    rotationLambdaArn: textOrNull(entry.RotationLambdaARN),
    rotationRules: rulesOf(entry.RotationRules),
    createdAt: must.time(entry.CreatedDate, 'CreatedDate'),
    lastRotatedAt: timeOrNull(entry.LastRotatedDate),
    lastChangedAt: timeOrNull(entry.LastChangedDate),
    lastAccessedAt: timeOrNull(entry.LastAccessedDate),
    nextRotationAt: timeOrNull(entry.NextRotationDate),
    deletedAt: timeOrNull(entry.DeletedDate),
    primaryRegion: textOrNull(entry.PrimaryRegion),
    owningService: textOrNull(entry.OwningService),
  };
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::SecretsManager::Secret', {
    arn,
    name: must(entry.Name, 'Name'),
    tags: tagsOf(entry.Tags),
    config,
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::SecretsManager::Secret'],
  operations: [listOperation, describeOperation, policyOperation],
  events: [
    'secretsmanager:CreateSecret',
    'secretsmanager:UpdateSecret',
    'secretsmanager:PutSecretValue',
    'secretsmanager:DeleteSecret',
    'secretsmanager:RestoreSecret',
    'secretsmanager:PutResourcePolicy',
    'secretsmanager:DeleteResourcePolicy',
    'secretsmanager:RotateSecret',
    'secretsmanager:CancelRotateSecret',
    'secretsmanager:ReplicateSecretToRegions',
    'secretsmanager:RemoveRegionsFromReplication',
    'secretsmanager:StopReplicationToReplica',
    'secretsmanager:TagResource',
    'secretsmanager:UntagResource',
  ],
  async *collect(context) {
    const client = context.client(SecretsManagerClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateListSecrets(
        { client, startingToken, pageSize: 100 },
        // A secret that is scheduled for deletion can be restored.
        { IncludePlannedDeletion: true },
        { abortSignal: context.signal },
      ),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(listOperation)(page.SecretList, 'SecretList'), next: page.NextToken }),
      (entry) => readSecret(context, entry, listOperation),
    );
  },
  /** By its description: the list may lag behind a change by five minutes. */
  async refresh(context, arn) {
    try {
      const command = new DescribeSecretCommand({ SecretId: arn });
      const answer = await context.client(SecretsManagerClient).send(command, { abortSignal: context.signal });
      return await readSecret(context, answer, describeOperation);
    } catch (error) {
      if (errorName(error) === gone) return undefined;
      throw error;
    }
  },
};
