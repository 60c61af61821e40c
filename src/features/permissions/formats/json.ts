// The documents as JSON, for those who create roles by other means.

import type { PermissionDocuments } from '../documents.ts';
import type { PermissionInput } from '../input.ts';

/** One object with the policies, the trust policy of each account, and what the caller needs. */
export function renderJson(input: PermissionInput, documents: PermissionDocuments): string {
  const content = {
    schema: 'vedette.permissions/1',
    roleName: input.roleName,
    policies: documents.policies,
    trust: input.accounts.map(({ id, externalId }) => ({
      account: id,
      externalId,
      policy: documents.trust(externalId),
    })),
    caller: documents.caller,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
