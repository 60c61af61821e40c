// Secrets Manager, without values.

import type * as sdk from '@aws-sdk/client-secrets-manager';
import type { Answers, Call } from '../call.ts';
import type { SecretRecord } from '../model/secrets.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

const secretsOf = (call: Call): readonly SecretRecord[] => call.account.region(call.region).secrets.secrets;

/** By its ARN, that ARN without its random end, or its name. */
function secretOf(call: Call, id: string | undefined): SecretRecord {
  const found = secretsOf(call).find(({ entry }) => [entry.ARN, entry.ARN.slice(0, -7), entry.Name].includes(id ?? ''));
  return found ?? refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

export const secrets: Answers<typeof sdk> = {
  ListSecrets: (input, call) => {
    const shown = secretsOf(call).filter(
      ({ entry }) => input.IncludePlannedDeletion === true || entry.DeletedDate === undefined,
    );
    const { items, next } = page(shown, input.NextToken, input.MaxResults, 100, 'InvalidNextTokenException');
    return { SecretList: items.map(({ entry }) => entry), NextToken: next };
  },
  DescribeSecret: (input, call) => {
    const { SecretVersionsToStages, ...entry } = secretOf(call, input.SecretId).entry;
    return { ...entry, VersionIdsToStages: SecretVersionsToStages };
  },
  GetResourcePolicy: (input, call) => {
    const { entry, policy } = secretOf(call, input.SecretId);
    if (entry.DeletedDate !== undefined) {
      refuse(
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return {
      ARN: entry.ARN,
      Name: entry.Name,
      ...(policy === undefined ? {} : { ResourcePolicy: JSON.stringify(policy) }),
    };
  },
};
