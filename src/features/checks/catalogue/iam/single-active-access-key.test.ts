import { make, testCheck } from '../../testing.ts';
import { check } from './single-active-access-key.ts';

const rotation = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html';
const report = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html';
const key = (active: boolean) => ({ active, lastRotated: '2026-11-01T00:00:00Z', lastUsed: null });
const user = (first: boolean, second: boolean, isRoot = false) =>
  make('AWS::IAM::CredentialReport', { isRoot, accessKeys: [key(first), key(second)] });

testCheck('iam-single-active-access-key', check, [
  { name: 'one of two keys active', subject: user(false, true), expect: 'pass', source: rotation },
  { name: 'both keys active', subject: user(true, true), expect: 'fail', source: rotation },
  { name: 'no key active', subject: user(false, false), expect: 'not-applicable', source: report },
  { name: 'the root user', subject: user(true, true, true), expect: 'not-applicable', reason: 'root' },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
