// The permissions' door: the role that a customer installs, in the format that they install with.

import { UsageError } from '../../domain/errors.ts';
import { permissionDocuments } from './documents.ts';
import { renderCloudFormation } from './formats/cloudformation.ts';
import { renderJson } from './formats/json.ts';
import { renderTerraform } from './formats/terraform.ts';
import { checkInput, type PermissionInput } from './input.ts';

export { createExternalId } from './external-id.ts';
export { actionsOf } from './documents.ts';
export type { PermissionInput } from './input.ts';

export const permissionFormats = ['json', 'cloudformation', 'terraform'] as const;
export type PermissionFormat = (typeof permissionFormats)[number];

const renderers = { json: renderJson, cloudformation: renderCloudFormation, terraform: renderTerraform };

/**
 * The read role: its policies, split by IAM's size limits, and its trust in exactly one principal, with an external id
 * for each account and the organisation's id.
 * @throws UsageError when the input cannot be used
 */
export function renderPermissions(format: PermissionFormat, input: PermissionInput): string {
  checkInput(input);
  if (format === 'json' && input.accounts.length === 0) {
    throw new UsageError('A trust policy needs an account and its external id.', {
      hint: 'Run a scan first, name the accounts with --accounts, or use the format cloudformation or terraform, where the external id is a parameter.',
    });
  }
  return renderers[format](input, permissionDocuments(input));
}
