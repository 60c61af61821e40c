// Sets of IAM permissions with which a principal widens its own permissions or takes over another principal, with what
// each action must be allowed on. Ids are those of https://pathfinding.cloud where it has one, else begin with `x-`.
// Left out: ways that a policy alone does not show, because they need a role that trusts the principal and nothing else
// (sts:AssumeRole by itself), or a service that carries a role (iam:PassRole and the like); sets that hold a smaller one
// of the table; and the permission sets of IAM Identity Center, which matter in its own account alone.

/** What an action is allowed on: `another` user, oneself (`self`), or any role, group or policy. */
export type EscalationTarget = 'another-user' | 'user' | 'role' | 'group' | 'policy';

export interface EscalationRow {
  readonly id: string;
  readonly category: 'self-escalation' | 'principal-access';
  /** Every one of them is needed. */
  readonly needs: readonly (readonly [action: string, target: EscalationTarget])[];
}

type Need = EscalationRow['needs'][number];

const self = (id: string, ...needs: Need[]): EscalationRow => ({ id, category: 'self-escalation', needs });
const other = (id: string, ...needs: Need[]): EscalationRow => ({ id, category: 'principal-access', needs });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html says what boundaries stop. */
export const escalationRows: readonly EscalationRow[] = [
  self('iam-001', ['iam:CreatePolicyVersion', 'policy']),
  other('iam-002', ['iam:CreateAccessKey', 'another-user']),
  other('iam-004', ['iam:CreateLoginProfile', 'another-user']),
  self('iam-005', ['iam:PutRolePolicy', 'role']),
  other('iam-006', ['iam:UpdateLoginProfile', 'another-user']),
  self('iam-007', ['iam:PutUserPolicy', 'user']),
  self('iam-008', ['iam:AttachUserPolicy', 'user']),
  self('iam-009', ['iam:AttachRolePolicy', 'role']),
  self('iam-010', ['iam:AttachGroupPolicy', 'group']),
  self('iam-011', ['iam:PutGroupPolicy', 'group']),
  other('iam-012', ['iam:UpdateAssumeRolePolicy', 'role']),
  self('iam-013', ['iam:AddUserToGroup', 'group']),
  self('iam-022', ['iam:DeleteUserPermissionsBoundary', 'user']),
  other('iam-023', ['iam:DeleteRolePermissionsBoundary', 'role'], ['sts:AssumeRole', 'role']),
  self('iam-024', ['iam:PutUserPermissionsBoundary', 'user']),
  self('iam-025', ['iam:DetachUserPolicy', 'user']),
  self('iam-026', ['iam:DeleteUserPolicy', 'user']),
  self('x-iam-setdefault', ['iam:SetDefaultPolicyVersion', 'policy']),
  self('x-iam-rolebound', ['iam:PutRolePermissionsBoundary', 'role']),
];
