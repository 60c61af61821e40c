// STS: roles are entered when their trust policy says so.

import type * as sdk from '@aws-sdk/client-sts';
import { type Session, accessKeyIdOf, sessionArn, sessionTokenOf } from '../access-keys.ts';
import type { Answers, Call } from '../call.ts';
import { hex, upperBase32 } from '../random.ts';
import { refuse } from '../refusal.ts';
import { trusts } from '../trust.ts';

/** The role's own id; sessions that began outside the model have one that is made up. */
function roleId(call: Call, session: Session): string {
  const role = call.world.account(session.account)?.iam.roles.get(session.role);
  return role?.id ?? `AROA${upperBase32(17, call.world.seed, session.account, session.role)}`;
}

function notAuthorized(call: Call, roleArn: string): never {
  return refuse(
    'AccessDenied',
    `User: ${sessionArn(call.session)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    { status: 403 },
  );
}

/** A role that is absent and one that refuses look alike, as they do at AWS. */
function enter(call: Call, input: sdk.AssumeRoleCommandInput): Session {
  const roleArn = input.RoleArn ?? '';
  const match = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn);
  if (match === null) return refuse('ValidationError', `${roleArn} is invalid`);
  const [, accountId = '', roleName = ''] = match;
  const account = call.world.account(accountId);
  const role = account?.iam.roles.get(roleName);
  if (account === undefined || role === undefined || account.profile.state !== 'ACTIVE')
    return notAuthorized(call, roleArn);
  const allowed = trusts(role.trust, {
    principalArn: sessionArn(call.session),
    roleArn: `arn:aws:iam::${call.session.account}:role/${call.session.role}`,
    account: call.session.account,
    organizationId: call.world.organization.id,
    externalId: input.ExternalId,
  });
  if (!allowed) return notAuthorized(call, roleArn);
  const seconds = input.DurationSeconds ?? 3600;
  if (seconds > 3600) {
    refuse(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return {
    account: accountId,
    role: roleName,
    name: input.RoleSessionName ?? '',
    expiresAt: call.clock().getTime() + seconds * 1000,
  };
}

export const sts: Answers<typeof sdk> = {
  GetCallerIdentity: (_, call) => ({
    Account: call.session.account,
    Arn: sessionArn(call.session),
    UserId: `${roleId(call, call.session)}:${call.session.name}`,
  }),
  AssumeRole: (input, call) => {
    const session = enter(call, input);
    return {
      Credentials: {
        AccessKeyId: accessKeyIdOf(session.account, 'ASIA', session.expiresAt % 0xffff_ffff),
        SecretAccessKey: hex(40, call.world.seed, 'secret', session.account, session.role),
        SessionToken: sessionTokenOf(session),
        Expiration: new Date(session.expiresAt),
      },
      AssumedRoleUser: {
        Arn: sessionArn(session),
        AssumedRoleId: `${roleId(call, session)}:${session.name}`,
      },
    };
  },
};
