// IAM: the credential report.

import type * as sdk from '@aws-sdk/client-iam';
import type { Answers, Call } from '../../call.ts';
import type { AccessKey, Root, User } from '../../model/iam/state.ts';
import { refuse } from '../../refusal.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const header =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

const noCertificates = ['false', 'N/A', 'false', 'N/A'];

function keyCells(call: Call, key: AccessKey | undefined): string[] {
  if (key === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const { calendar } = call.world;
  const used = key.used === undefined ? ['N/A', 'N/A', 'N/A'] : [calendar.isoAgo(key.used), key.usedIn, key.usedFor];
  return [String(key.active), calendar.isoAgo(key.rotated), ...used];
}

function userRow(call: Call, user: User): string {
  const { calendar } = call.world;
  const { password } = user;
  const maxAge = call.account.iam.passwordPolicy?.maxAge;
  return [
    user.name,
    user.arn,
    calendar.isoAgo(user.created),
    String(password !== undefined),
    password === undefined ? 'N/A' : password.used === undefined ? 'no_information' : calendar.isoAgo(password.used),
    password === undefined ? 'N/A' : calendar.isoAgo(password.changed),
    password === undefined || maxAge === undefined ? 'N/A' : calendar.isoAgo(password.changed - maxAge),
    String(user.mfa !== 'none'),
    ...keyCells(call, user.keys[0]),
    ...keyCells(call, user.keys[1]),
    ...noCertificates,
  ].join(',');
}

function rootRow(call: Call, root: Root): string {
  const { calendar } = call.world;
  const key = root.accessKey ? { active: true, rotated: 900, used: undefined, usedFor: '', usedIn: '' } : undefined;
  return [
    '<root_account>',
    call.site.arn('iam', '', 'root'),
    calendar.isoAgo(Math.max(call.site.profile.joinedDaysAgo, 1000)),
    'not_supported',
    root.used === undefined ? 'no_information' : calendar.isoAgo(root.used),
    'not_supported',
    'not_supported',
    String(root.mfa !== 'none'),
    ...keyCells(call, key),
    ...keyCells(call, undefined),
    ...noCertificates,
  ].join(',');
}

/** One account in ten has no report yet: the first request starts one, and the second finds it complete. */
function isReady(call: Call): boolean {
  return call.site.profile.index % 10 !== 8 || call.world.reportsAskedFor.has(call.site.account);
}

export const credentialReport: Answers<typeof sdk> = {
  GenerateCredentialReport: (_, call) => {
    const ready = isReady(call);
    call.world.reportsAskedFor.add(call.site.account);
    return ready
      ? { State: 'COMPLETE' }
      : { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
  },
  GetCredentialReport: (_, call) => {
    if (!isReady(call)) refuse('ReportNotPresent', 'Credential report not present', { status: 410 });
    const { iam } = call.account;
    const rows = [header, rootRow(call, iam.root), ...[...iam.users.values()].map((user) => userRow(call, user))];
    return {
      Content: Buffer.from(rows.join('\n')),
      ReportFormat: 'text/csv',
      GeneratedTime: call.world.calendar.ago(0),
    };
  },
};
