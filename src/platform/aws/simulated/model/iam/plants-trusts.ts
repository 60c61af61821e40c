// Roles whose trust policies admit too many, and roles that look as if theirs did.

import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import type { TrustStatement } from '../../trust.ts';
import type { IamDraft } from './draft.ts';
import type { IamGroup } from './plants-credentials.ts';

interface TrustSpecimen {
  name: string;
  kind: PlantKind;
  trait: Trait;
  trust: TrustStatement;
  note: string;
}

/** Account ids of AWS's documentation stand for third parties. */
const vendor = 'arn:aws:iam::111122223333:root';
const github = 'token.actions.githubusercontent.com';

function anyone(organizationId: string): readonly TrustSpecimen[] {
  const trait = 'role-trusts-anyone';
  const open: TrustStatement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
  return [
    { name: 'shared-tools', kind: 'plant', trait, trust: open, note: 'any AWS account may assume it' },
    {
      name: 'shared-tools-internal',
      kind: 'clean-twin',
      trait,
      trust: { ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } },
      note: 'anybody, but of this organisation',
    },
    {
      name: 'shared-tools-closed',
      kind: 'near-miss',
      trait,
      trust: { ...open, Effect: 'Deny' },
      note: 'names everybody in order to deny',
    },
  ];
}

function thirdParty(): readonly TrustSpecimen[] {
  const trait = 'role-trusts-third-party-without-external-id';
  const open: TrustStatement = { Effect: 'Allow', Principal: { AWS: vendor }, Action: 'sts:AssumeRole' };
  return [
    {
      name: 'vendor-monitoring',
      kind: 'plant',
      trait,
      trust: open,
      note: 'an account outside the organisation, without an external id',
    },
    {
      name: 'vendor-billing',
      kind: 'clean-twin',
      trait,
      trust: { ...open, Condition: { StringEquals: { 'sts:ExternalId': 'a-long-random-value' } } },
      note: 'the same account with an external id',
    },
  ];
}

function federated(account: string): readonly TrustSpecimen[] {
  const trait = 'role-trusts-any-federated-identity';
  const base: TrustStatement = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${github}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
  };
  const audience = { [`${github}:aud`]: 'sts.amazonaws.com' };
  return [
    {
      name: 'pipeline-any',
      kind: 'plant',
      trait,
      trust: { ...base, Condition: { StringEquals: audience } },
      note: 'any repository of the provider: the subject is not asked for',
    },
    {
      name: 'pipeline-all',
      kind: 'plant',
      trait,
      trust: { ...base, Condition: { StringEquals: audience, StringLike: { [`${github}:sub`]: 'repo:*' } } },
      note: 'the subject is asked for, and any will do',
    },
    {
      name: 'pipeline-main',
      kind: 'clean-twin',
      trait,
      trust: {
        ...base,
        Condition: {
          StringEquals: { ...audience, [`${github}:sub`]: 'repo:example-org/example-repo:ref:refs/heads/main' },
        },
      },
      note: 'one branch of one repository',
    },
  ];
}

function services(account: string): readonly TrustSpecimen[] {
  const trait = 'role-trusts-service-for-anyone';
  const open: TrustStatement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  return [
    { name: 'delivery-feedback', kind: 'plant', trait, trust: open, note: 'the service may act for any account' },
    {
      name: 'delivery-feedback-own',
      kind: 'clean-twin',
      trait,
      trust: { ...open, Condition: { StringEquals: { 'aws:SourceAccount': account } } },
      note: 'the service acts for this account alone',
    },
  ];
}

function plantRoles(specimens: (draft: IamDraft) => readonly TrustSpecimen[]): IamGroup {
  return (draft) => {
    for (const { name, kind, trait, trust, note } of specimens(draft)) {
      const role = draft.addRole(name, { trust });
      draft.record.add(kind, trait, { type: 'AWS::IAM::Role', arn: role.arn, note });
    }
  };
}

export const trustGroups: readonly IamGroup[] = [
  plantRoles((draft) => anyone(draft.site.organization.id)),
  plantRoles(thirdParty),
  (draft) => {
    const arn = draft.site.arn('iam', '', `oidc-provider/${github}`);
    draft.oidcProviders.push({
      arn,
      url: github,
      audiences: ['sts.amazonaws.com'],
      thumbprints: [draft.site.hex(40, 'thumbprint')],
      created: 300,
    });
    plantRoles((of) => federated(of.site.account))(draft);
  },
  plantRoles((draft) => services(draft.site.account)),
];
