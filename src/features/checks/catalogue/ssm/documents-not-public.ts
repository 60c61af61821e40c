import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Fails when a document is shared with all accounts: https://docs.aws.amazon.com/config/latest/developerguide/ssm-document-not-public.html */
export const check = resourceCheck({
  subject: 'AWS::SSM::Document',
  title: 'Systems Manager documents should not be public',
  severity: 'critical',
  severityReason: 'Everybody with an AWS account can read the document, and with it how your systems are run.',
  why: 'A document holds commands, paths, host names and at times passwords. Whoever reads it knows what runs where and with which permissions.',
  fix: {
    text: 'Stop sharing the document with everybody, name accounts instead, and block public sharing for the account and region.',
    cli: `aws ssm modify-document-permission --name <document> --permission-type Share --account-ids-to-remove all
aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-4',
    'https://docs.aws.amazon.com/config/latest/developerguide/ssm-document-not-public.html',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
  ],
  controls: {
    securityHub: ['SSM.4'],
    configRules: ['ssm-document-not-public'],
    attack: ['T1526', 'T1552'],
    prowler: ['ssm_documents_set_as_public'],
  },
  evaluate({ config }) {
    const shared = known(config.sharedWith);
    if (shared.some((one) => one.toLowerCase() === 'all')) return fail('The document is shared with all accounts.');
    if (shared.length === 0) return pass('The document is not shared.');
    const more = shared.length > 3 ? ` and ${shared.length - 3} more` : '';
    return pass(`The document is not public. It is shared with ${shared.slice(0, 3).join(', ')}${more}.`);
  },
});
