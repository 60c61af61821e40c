// Both ends of the ways between accounts.

import { reachedRole } from '../../organization/crossings.ts';
import { type IamDraft, statements } from './draft.ts';

const assume = (principal: string) =>
  ({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }) as const;

export function addCrossings(draft: IamDraft): void {
  const { site } = draft;
  for (const { from, to, by, permitted, kind, note } of site.organization.crossings) {
    if (from.id === site.account && permitted) {
      const target = `arn:aws:iam::${to.id}:role/${reachedRole}`;
      const name = by.slice(by.lastIndexOf('/') + 1);
      draft.roles
        .get(name)
        ?.inline.set('reach-production', statements({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target }));
    }
    if (to.id !== site.account) continue;
    const traveller = `arn:aws:iam::${from.id}:role/${by}`;
    const role = draft.addRole(reachedRole, {
      trust: assume(traveller),
      attached: [draft.aws('AdministratorAccess')],
    });
    const planted = { type: 'AWS::IAM::Role', arn: role.arn };
    draft.record.add(kind, 'administrator-reachable-from-other-account', { ...planted, note });
    // Its trust is what is wrong with it here, whatever is permitted over there at the moment.
    draft.record.add('plant', 'administrator-trusts-other-account', {
      ...planted,
      note: 'a role of another account may assume this administrator',
    });
    addLookalikes(draft, traveller);
  }
}

/** Roles that other accounts may assume or that may do everything, but not both, or as AWS makes them. */
function addLookalikes(draft: IamDraft, traveller: string): void {
  const { site } = draft;
  const { accounts, management } = site.organization;
  const delivery = accounts.find((profile) => profile.role === 'shared');
  if (delivery !== undefined) {
    const { arn } = draft.addRole('deploy', {
      trust: assume(`arn:aws:iam::${delivery.id}:role/pipelines/pipeline-001`),
      attached: [site.arn('iam', '', 'policy/deploy-stack')],
    });
    const planted = { type: 'AWS::IAM::Role', arn, note: 'a pipeline may assume it, for changing stacks alone' };
    draft.record.add('clean-twin', 'administrator-reachable-from-other-account', planted);
    draft.record.add('clean-twin', 'administrator-trusts-other-account', planted);
  }
  const administrator = [draft.aws('AdministratorAccess')];
  const bounded = draft.addRole('legacy-deploy-bounded', {
    trust: assume(traveller),
    attached: administrator,
    boundary: site.arn('iam', '', 'policy/developer-boundary'),
  });
  const organizations = draft.addRole('OrganizationAccountAccessRole', {
    trust: assume(`arn:aws:iam::${management.id}:root`),
    attached: administrator,
  });
  for (const [{ arn }, note] of [
    [bounded, 'a role of another account may assume it, but its permissions boundary leaves IAM out'],
    [organizations, 'the management account may assume it, as AWS Organizations makes the role'],
  ] as const) {
    draft.record.add('near-miss', 'administrator-trusts-other-account', { type: 'AWS::IAM::Role', arn, note });
  }
}
