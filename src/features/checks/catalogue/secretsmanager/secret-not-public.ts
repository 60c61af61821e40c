import { known } from '../../../../domain/evidence.ts';
import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgePublic } from '../../facts/exposure.ts';
import { deletedSecret } from '../../facts/secret-rotation.ts';

/**
 * Fails when the secret's policy opens it to everybody; conditions on fixed values keep the public out. A secret under
 * the key that AWS manages counts as well: its value stays in the account, but not the right to delete or replace it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export const check = resourceCheck({
  subject: 'AWS::SecretsManager::Secret',
  title: 'Secrets should not be open to the public',
  severity: 'critical',
  severityReason: 'Anybody could read the credential, replace it or delete it.',
  why: 'A secret is a key to something else: a database, an API, another account. Whoever reads it comes in there as the application does, and nothing in this account shows it but the reading itself.',
  fix: {
    text: 'Name the roles or accounts in the secret’s policy, or add a condition on aws:PrincipalOrgID. Then rotate the secret: it may have been read.',
    cli: `aws secretsmanager put-resource-policy --secret-id <secret-arn> --resource-policy file://policy.json --block-public-policy
aws secretsmanager rotate-secret --secret-id <secret-arn>`,
    terraform: `resource "aws_secretsmanager_secret_policy" "this" {
  secret_arn          = aws_secretsmanager_secret.this.arn
  policy              = data.aws_iam_policy_document.this.json
  block_public_policy = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html#access-analyzer-secrets-manager',
  ],
  controls: { attack: ['T1555.006', 'T1098'], prowler: ['secretsmanager_not_publicly_accessible'] },
  evaluate({ arn, config }, context) {
    if (config.deletedAt !== null) return notApplicable(deletedSecret);
    const policy = known(config.policy);
    if (policy === null) return notApplicable('The secret has no policy.');
    return judgePublic('secret', { kind: 'secret', arn, policy }, context);
  },
});
