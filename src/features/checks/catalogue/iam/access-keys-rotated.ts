import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';

/** Passes when no active key is older than allowed: https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html */
export const check = resourceCheck({
  subject: 'AWS::IAM::CredentialReport',
  title: 'Access keys should be rotated',
  severity: 'medium',
  severityReason: 'The older a key, the more copies of it lie about; it still has to be found by somebody.',
  why: 'Access keys do not expire. A key that leaked into a repository, an image or a laptop works until somebody replaces it.',
  fix: {
    text: 'Create a second key, move its users over, deactivate the old key and delete it after a while. Where possible use roles, which need no key.',
    cli: `aws iam create-access-key --user-name <user>
aws iam update-access-key --user-name <user> --access-key-id <old key> --status Inactive
aws iam delete-access-key --user-name <user> --access-key-id <old key>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-3',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  ],
  controls: {
    securityHub: ['IAM.3'],
    configRules: ['access-keys-rotated'],
    cis30: ['1.14'],
    cis50: ['1.13'],
    attack: ['T1078.004', 'T1552'],
    prowler: ['iam_rotate_access_key_90_days'],
  },
  parameters: {
    maxAgeDays: { type: 'number', default: 90, minimum: 1, description: 'Days that an active key may live.' },
  },
  evaluate({ config }, context) {
    if (config.isRoot) return notApplicable('Keys of the root user are judged by iam-root-access-key-check.');
    const maxAge = Number(context.parameter('maxAgeDays'));
    const keys = config.accessKeys
      .map(({ active, lastRotated }, index) => ({
        active,
        number: index + 1,
        made: lastRotated,
        age: lastRotated === null ? undefined : daysSince(lastRotated, context.now),
      }))
      .filter((key) => key.active);
    if (keys.length === 0) return notApplicable('The user has no active access key.');
    const old = keys.filter(({ age }) => age !== undefined && age > maxAge);
    if (old.length > 0) {
      const ago = (age = 0): string => (Math.floor(age) > maxAge ? `${Math.floor(age)}` : `more than ${maxAge}`);
      const told = old.map(({ number, made, age }) => `${number} was made at ${made}, ${ago(age)} days ago`);
      return fail(`Active access key ${told.join(', and ')}; ${maxAge} days are allowed.`);
    }
    if (keys.some(({ age }) => age === undefined))
      return unknown('The credential report does not say when an active key was rotated.');
    return pass(`No active access key is older than ${maxAge} days.`);
  },
});
