// Ways to more permissions through IAM itself, with what each action must be allowed on.
// Ids are those of https://pathfinding.cloud where it has one, else begin with `x-`.

/**
 * What there must be of a way's target:
 * `own-policy` a customer managed policy that the holder has, itself or by a group; `own-group` a group of the holder;
 * `bounded-self` a boundary that alone keeps the holder from more; `denied-inline`, `denied-attached` own policies that
 * alone deny it everything; `strong-*` one that may do everything or get there; `user`, `role` any that no boundary
 * limits; `policy-of-role` a customer managed policy of such a role; `bounded-role` a role that its boundary alone limits.
 */
export type Target =
  | 'self'
  | 'own-policy'
  | 'own-group'
  | 'bounded-self'
  | 'denied-inline'
  | 'denied-attached'
  | 'strong-group'
  | 'strong-user'
  | 'strong-role'
  | 'user'
  | 'role'
  | 'policy-of-role'
  | 'bounded-role';

export interface IdentityRow {
  readonly id: string;
  readonly actor?: 'user' | 'role';
  readonly target: Target;
  /** Every one is needed: on the target itself, or on the role that has the policy. */
  readonly needs: readonly (readonly [action: string, on: 'target' | 'role'])[];
  /** What the evidence does not say, as it follows "if". */
  readonly given?: string;
}

type Need = IdentityRow['needs'][number];
const on = (action: string): Need => [action, 'target'];
const assume: Need = ['sts:AssumeRole', 'role'];
const retrust: Need = ['iam:UpdateAssumeRolePolicy', 'role'];

export const identityRows: readonly IdentityRow[] = [
  { id: 'iam-001', target: 'own-policy', needs: [on('iam:CreatePolicyVersion')] },
  { id: 'iam-005', actor: 'role', target: 'self', needs: [on('iam:PutRolePolicy')] },
  { id: 'iam-007', actor: 'user', target: 'self', needs: [on('iam:PutUserPolicy')] },
  { id: 'iam-008', actor: 'user', target: 'self', needs: [on('iam:AttachUserPolicy')] },
  { id: 'iam-009', actor: 'role', target: 'self', needs: [on('iam:AttachRolePolicy')] },
  { id: 'iam-010', actor: 'user', target: 'own-group', needs: [on('iam:AttachGroupPolicy')] },
  { id: 'iam-011', actor: 'user', target: 'own-group', needs: [on('iam:PutGroupPolicy')] },
  { id: 'iam-022', actor: 'user', target: 'bounded-self', needs: [on('iam:DeleteUserPermissionsBoundary')] },
  { id: 'iam-024', actor: 'user', target: 'bounded-self', needs: [on('iam:PutUserPermissionsBoundary')] },
  { id: 'x-iam-rolebound', actor: 'role', target: 'bounded-self', needs: [on('iam:DeleteRolePermissionsBoundary')] },
  { id: 'x-iam-rolebound', actor: 'role', target: 'bounded-self', needs: [on('iam:PutRolePermissionsBoundary')] },
  { id: 'iam-025', actor: 'user', target: 'denied-attached', needs: [on('iam:DetachUserPolicy')] },
  { id: 'iam-026', actor: 'user', target: 'denied-inline', needs: [on('iam:DeleteUserPolicy')] },
  { id: 'x-iam-detachrole', actor: 'role', target: 'denied-attached', needs: [on('iam:DetachRolePolicy')] },
  { id: 'x-iam-detachrole', actor: 'role', target: 'denied-inline', needs: [on('iam:DeleteRolePolicy')] },
  { id: 'iam-013', actor: 'user', target: 'strong-group', needs: [on('iam:AddUserToGroup')] },
  {
    id: 'iam-002',
    target: 'strong-user',
    needs: [on('iam:CreateAccessKey')],
    given: 'the user has fewer than two access keys',
  },
  {
    id: 'iam-004',
    target: 'strong-user',
    needs: [on('iam:CreateLoginProfile')],
    given: 'the user has no password',
  },
  { id: 'iam-006', target: 'strong-user', needs: [on('iam:UpdateLoginProfile')], given: 'the user has a password' },
  { id: 'iam-012', target: 'strong-role', needs: [retrust] },
  { id: 'sts-001', target: 'strong-role', needs: [assume] },
  { id: 'iam-015', target: 'user', needs: [on('iam:AttachUserPolicy'), on('iam:CreateAccessKey')] },
  { id: 'iam-018', target: 'user', needs: [on('iam:PutUserPolicy'), on('iam:CreateAccessKey')] },
  { id: 'iam-014', target: 'role', needs: [on('iam:AttachRolePolicy'), assume] },
  { id: 'iam-017', target: 'role', needs: [on('iam:PutRolePolicy'), assume] },
  { id: 'iam-019', target: 'role', needs: [on('iam:AttachRolePolicy'), retrust] },
  { id: 'iam-021', target: 'role', needs: [on('iam:PutRolePolicy'), retrust] },
  { id: 'iam-016', target: 'policy-of-role', needs: [on('iam:CreatePolicyVersion'), assume] },
  { id: 'iam-020', target: 'policy-of-role', needs: [on('iam:CreatePolicyVersion'), retrust] },
  { id: 'iam-023', target: 'bounded-role', needs: [on('iam:DeleteRolePermissionsBoundary'), assume] },
];
