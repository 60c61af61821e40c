// Both ends of the ways between accounts.

import { reachedRole } from '../../organization/crossings.ts';
import { type IamDraft, statements } from './draft.ts';

export function addCrossings(draft: IamDraft): void {
  const { site } = draft;
  const { crossings, accounts } = site.organization;
  const trait = 'administrator-reachable-from-other-account';
  for (const { from, to, by, permitted, kind, note } of crossings) {
    const target = `arn:aws:iam::${to.id}:role/${reachedRole}`;
    if (from.id === site.account && permitted) {
      const name = by.slice(by.lastIndexOf('/') + 1);
      draft.roles
        .get(name)
        ?.inline.set('reach-production', statements({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target }));
    }
    if (to.id !== site.account) continue;
    const role = draft.addRole(reachedRole, {
      trust: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${from.id}:role/${by}` }, Action: 'sts:AssumeRole' },
      attached: [draft.aws('AdministratorAccess')],
    });
    draft.record.add(kind, trait, { type: 'AWS::IAM::Role', arn: role.arn, note });
    const delivery = accounts.find((profile) => profile.role === 'shared');
    if (delivery === undefined) continue;
    const deploy = draft.addRole('deploy', {
      trust: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${delivery.id}:role/pipelines/pipeline-001` },
        Action: 'sts:AssumeRole',
      },
      attached: [site.arn('iam', '', 'policy/deploy-stack')],
    });
    draft.record.add('clean-twin', trait, {
      type: 'AWS::IAM::Role',
      arn: deploy.arn,
      note: 'a pipeline may assume it, for changing stacks alone',
    });
  }
}
