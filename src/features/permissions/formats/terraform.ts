// A Terraform module for one account; the same text serves every account, which finds its external id by its number.

import type { PermissionDocuments } from '../documents.ts';
import type { PermissionInput } from '../input.ts';

const marker = 'external-id-of-this-account';

/** The module as HCL. */
export function renderTerraform(input: PermissionInput, documents: PermissionDocuments): string {
  const slash = input.roleName.lastIndexOf('/');
  const trust = expression(documents.trust(marker)).replace(`"${marker}"`, 'local.external_id');
  const listed = input.accounts.length > 0;
  const externalIds = input.accounts.map(({ id, externalId }) => `    ${text(id)} = ${text(externalId)}`);
  const source = listed
    ? `data "aws_caller_identity" "current" {}

locals {
  external_ids = {
${externalIds.join('\n')}
  }
  external_id = local.external_ids[data.aws_caller_identity.current.account_id]
}`
    : `variable "external_id" {
  type        = string
  description = "The external id of this account. It differs from account to account."
}

locals {
  external_id = var.external_id
}`;
  const policies = documents.policies.map(
    (policy, i) => `resource "aws_iam_policy" "read_${i + 1}" {
  name        = ${text(`${input.roleName.slice(slash + 1)}-${i + 1}`)}
  description = ${text(`What Vedette reads, part ${i + 1}`)}
  policy      = jsonencode(${expression(policy)})
}

resource "aws_iam_role_policy_attachment" "read_${i + 1}" {
  role       = aws_iam_role.read.name
  policy_arn = aws_iam_policy.read_${i + 1}.arn
}`,
  );
  return `# The role by which Vedette reads this account. It can change nothing.

${source}

resource "aws_iam_role" "read" {
  name                 = ${text(input.roleName.slice(slash + 1))}
  path                 = ${text(slash === -1 ? '/' : `/${input.roleName.slice(0, slash)}/`)}
  description          = "Vedette reads this account by it."
  max_session_duration = 3600
  assume_role_policy   = jsonencode(${trust})
}

${policies.join('\n\n')}

output "role_arn" {
  value = aws_iam_role.read.arn
}
`;
}

/** JSON is an expression of HCL, but for the two marks that begin a template. */
function expression(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll('${', '$${').replaceAll('%{', '%%{').replaceAll('\n', '\n  ');
}

function text(value: string): string {
  return expression(value);
}
