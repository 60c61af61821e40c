import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { daysSince } from '../../facts/days.ts';

/** Fails for a certificate whose validity is over: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-26 */
export const check = resourceCheck({
  subject: 'AWS::IAM::ServerCertificate',
  title: 'Expired TLS certificates should be removed from IAM',
  severity: 'medium',
  severityReason: 'By mistake it may be put in front of users, who then meet errors or learn to click them away.',
  why: 'An expired certificate in IAM can still be chosen for a load balancer or distribution, and then breaks or discredits the site.',
  fix: {
    text: 'Replace it where it is used, preferably by one of ACM, which renews itself; then delete it.',
    cli: 'aws iam delete-server-certificate --server-certificate-name <name>',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-26',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-server-certificate-expiration-check.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html',
  ],
  controls: {
    securityHub: ['IAM.26'],
    configRules: ['iam-server-certificate-expiration-check'],
    cis30: ['1.19'],
    cis50: ['1.18'],
    prowler: ['iam_no_expired_server_certificates_stored'],
  },
  evaluate({ config }, { now }) {
    const days = config.expiresAt === null ? undefined : daysSince(config.expiresAt, now);
    if (days === undefined) return unknown('AWS does not say when the certificate expires.');
    if (days > 0) return fail(`The certificate expired at ${config.expiresAt}.`);
    return pass(`The certificate is valid until ${config.expiresAt}.`);
  },
});
