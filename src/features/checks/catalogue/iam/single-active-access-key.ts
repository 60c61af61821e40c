import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes with one active key at most: two are meant for the time of a rotation. */
export const check = resourceCheck({
  subject: 'AWS::IAM::CredentialReport',
  title: 'IAM users should have one active access key at most',
  severity: 'medium',
  severityReason: 'The second key doubles what can leak and is easily forgotten.',
  why: 'Two keys are meant for rotation. A second one that stays active is usually the old key that nobody dared to switch off.',
  fix: {
    text: 'Find out by its last use which key is needed, deactivate the other and delete it after a while.',
    cli: `aws iam get-access-key-last-used --access-key-id <key>
aws iam update-access-key --user-name <user> --access-key-id <key> --status Inactive`,
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
  ],
  controls: { cis30: ['1.13'], cis50: ['1.12'], attack: ['T1098.001'], prowler: ['iam_user_two_active_access_key'] },
  evaluate({ config }) {
    if (config.isRoot) return notApplicable('Keys of the root user are judged by iam-root-access-key-check.');
    const active = config.accessKeys.filter((key) => key.active).length;
    if (active === 0) return notApplicable('The user has no active access key.');
    return active === 1 ? pass('The user has one active access key.') : fail('The user has two active access keys.');
  },
});
