// Which secrets are not rotated where they lie.

import type { Resource } from '../../../domain/resource.ts';

/**
 * Why a secret's rotation is not to be judged, as a sentence; undefined when it is. A replica gets its values from its
 * primary secret, which is judged in its own region:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export function whyNotRotatedHere({
  region,
  config,
}: Pick<Resource<'AWS::SecretsManager::Secret'>, 'region' | 'config'>): string | undefined {
  const { deletedAt, primaryRegion } = config;
  if (deletedAt !== null) return deletedSecret;
  if (primaryRegion === null || primaryRegion === region) return undefined;
  return `The secret is a replica: it is rotated in ${primaryRegion}.`;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
export const deletedSecret = 'The secret is scheduled for deletion: nobody can use it unless it is restored.';

/** A sentence that follows a failure, for a secret that a service manages; empty for the account's own. */
export function managedBy(owningService: string | null): string {
  return owningService === null ? '' : ` It is managed by ${owningService}: change it there.`;
}
