import { make, testCheck } from '../../testing.ts';
import { check } from './expired-server-certificates.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-26';
const certificate = (expiresAt: string | null) => make('AWS::IAM::ServerCertificate', { expiresAt });

testCheck(
  'iam-expired-server-certificates',
  check,
  [
    { name: 'valid for a year', subject: certificate('2027-11-20T12:00:00Z'), expect: 'pass' },
    { name: 'expired last year', subject: certificate('2025-11-20T12:00:00Z'), expect: 'fail', reason: '2025-11-20' },
    { name: 'expires this very second', subject: certificate('2026-11-20T12:00:00Z'), expect: 'pass', source: control },
    { name: 'expired a second ago', subject: certificate('2026-11-20T11:59:59Z'), expect: 'fail', source: control },
    { name: 'no date of expiry', subject: certificate(null), expect: 'unknown' },
    { name: 'a date that is none', subject: certificate('never'), expect: 'unknown' },
    { name: 'the certificates could not be listed', incomplete: ['AWS::IAM::ServerCertificate'], expect: 'unknown' },
  ],
  { notApplicable: 'every certificate expires' },
);
