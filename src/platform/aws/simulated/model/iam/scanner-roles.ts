// The roles that a scanner works with, and what is wrong with them in some accounts.

import { type IamDraft, statements } from './draft.ts';

/** The scanner's role, the hub role in the security account, and the role that Organizations makes in members. */
export function addScannerRoles(draft: IamDraft, externalId: string): void {
  const { site } = draft;
  const { organization, profile } = site;
  const { scanner, hub } = organization.roles;
  if (profile !== organization.management) {
    draft.addRole('OrganizationAccountAccessRole', {
      trust: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${organization.management.id}:root` },
        Action: 'sts:AssumeRole',
      },
      attached: [draft.aws('AdministratorAccess')],
    });
  }
  if (profile === organization.security) {
    draft.addRole(hub, {
      trust: { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
      inline: {
        'enter-members': statements({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Resource: `arn:aws:iam::*:role/${scanner}`,
        }),
      },
      attached: [draft.aws('SecurityAudit')],
    });
  }
  const { trouble } = profile;
  if (trouble?.kind === 'role-absent') return;
  const refused = trouble?.kind === 'role-refuses';
  draft.addRole(scanner, {
    trust: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${organization.security.id}:role/${hub}` },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {
          'sts:ExternalId': refused ? `${externalId}-of-an-earlier-installation` : externalId,
          'aws:PrincipalOrgID': organization.id,
        },
      },
    },
    attached: [draft.aws('SecurityAudit')],
    inline:
      trouble?.kind === 'narrow' && trouble.how === 'explicit'
        ? { 'kept-back': statements({ Sid: 'KeptBack', Effect: 'Deny', Action: trouble.actions, Resource: '*' }) }
        : {},
    description: 'Reads configuration for the security team.',
    used: { days: 0, region: 'us-east-1' },
  });
}
