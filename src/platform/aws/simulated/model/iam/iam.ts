// The IAM of one account: the baseline, and what was planted in it.

import { hostile } from '../../hostile.ts';
import { type Site, dealt } from '../../site.ts';
import { addBaseline } from './baseline.ts';
import { type IamDraft, createDraft, statements } from './draft.ts';
import { passwordVariants, rootVariants, settingVariants } from './plants-account.ts';
import { type IamGroup, credentialGroups } from './plants-credentials.ts';
import { addCrossings } from './plants-crossings.ts';
import { policyGroups } from './plants-policies.ts';
import { trustGroups } from './plants-trusts.ts';
import type { IamModel } from './state.ts';

/** At most one of the variants of a setting. */
function variant(variants: readonly (IamGroup | undefined)[], site: Site): IamGroup | undefined {
  const { plantIndex } = site.profile;
  return plantIndex === undefined ? undefined : variants[plantIndex % variants.length];
}

function addHostileText(draft: IamDraft): void {
  const arn = draft.addPolicy(
    'customer-notes',
    statements({ Sid: 'Notes', Effect: 'Allow', Action: 'logs:GetLogEvents', Resource: '*' }),
    {
      description: hostile.prompt,
    },
  );
  const role = draft.addRole('notes', {
    trust: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    attached: [arn],
    description: hostile.script,
    tags: { remark: hostile.atFormula, [hostile.prototype]: 'polluted' },
  });
  draft.record.add('plant', 'hostile-text', {
    type: 'AWS::IAM::Role',
    arn: role.arn,
    note: 'markup in the description, a formula in a tag, and a tag named __proto__',
  });
}

export function iamModel(site: Site, externalId: string): IamModel {
  const draft = createDraft(site);
  addBaseline(draft, externalId);
  for (const variants of [rootVariants, passwordVariants, settingVariants]) variant(variants, site)?.(draft);
  for (const group of [
    ...dealt(credentialGroups, site, 0.7),
    ...dealt(policyGroups, site, 0.4),
    ...dealt(trustGroups, site, 0.4),
  ])
    group(draft);
  if (site.profile.plantIndex !== undefined && site.profile.plantIndex % 7 === 5) addHostileText(draft);
  addCrossings(draft);
  return {
    alias: `simulated-${site.profile.team}-${site.account.slice(-6)}`,
    users: draft.users,
    groups: draft.groups,
    roles: draft.roles,
    policies: draft.policies,
    root: draft.settings.root,
    passwordPolicy: draft.settings.passwordPolicy,
    serverCertificates: draft.serverCertificates,
    oidcProviders: draft.oidcProviders,
    samlProviders: [{ arn: site.arn('iam', '', 'saml-provider/AWSSSO_simulated_DO_NOT_DELETE'), created: 500 }],
    planted: draft.planted,
  };
}
