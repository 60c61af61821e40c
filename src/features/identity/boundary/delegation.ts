// The rules that keep the boundary in force: nobody who carries it can remove or change it, or make, change or become a
// principal that does not carry it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate

import { accessLevelOf, serviceActions } from '../../../domain/iam/actions.ts';
import { parseArn } from '../../../domain/arn.ts';
import { UsageError } from '../../../domain/errors.ts';
import { conditionKeysOf } from '../actions/condition-keys.ts';
import { compressActions } from './compress-actions.ts';
import type { BoundaryOptions } from './options.ts';
import type { ExplainedStatement } from './statement.ts';
import { oneOrMany } from './statement.ts';

const removals = ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'];
const policyChanges = [
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
];

/** Changes in IAM that give nobody more than he has: they may be allowed beside either kind of delegation. */
const harmless = new Set(['iam:ChangePassword', 'iam:CreateServiceLinkedRole']);

/** With delegation these are free as well: what they touch is of no use without one of the guarded actions. */
const harmlessToDelegate = new Set([
  'iam:AddRoleToInstanceProfile',
  'iam:CreateInstanceProfile',
  'iam:CreatePolicy',
  'iam:DeleteInstanceProfile',
  'iam:RemoveRoleFromInstanceProfile',
  'iam:TagInstanceProfile',
  'iam:UntagInstanceProfile',
]);

/** Every action of IAM that changes something, roles passed to services left aside. */
function identityChanges(): readonly string[] {
  const names = serviceActions('iam')?.names ?? [];
  return names
    .map((name) => `iam:${name}`)
    .filter((action) => !['List', 'Read'].includes(accessLevelOf(action) ?? '') && action !== 'iam:PassRole');
}

/** The changes whose request says which boundary the principal has, or will have. */
export function boundaryKeyedActions(): readonly string[] {
  return identityChanges().filter(
    (action) =>
      !removals.includes(action) && conditionKeysOf(action)?.some((key) => key.name === 'iam:PermissionsBoundary'),
  );
}

/** Statements for `delegation: none`. */
function withoutDelegation(options: BoundaryOptions, reached: (action: string) => boolean): ExplainedStatement[] {
  const named = new Set(options.allow.flatMap((part) => ('pattern' in part ? [part.pattern.toLowerCase()] : [])));
  const changes = identityChanges().filter((action) => !(harmless.has(action) && named.has(action.toLowerCase())));
  const contradiction = changes.find((action) => named.has(action.toLowerCase()));
  if (contradiction !== undefined) {
    throw new UsageError(`--allow names ${contradiction}, which a boundary without delegation denies.`, {
      hint: 'Give --delegation boundary with --boundary-arn, so that it is allowed on principals with this boundary.',
    });
  }
  if (!changes.some(reached)) return [];
  const why = 'No user, role, group, policy or credential can be created or changed.';
  const Action = compressActions(changes);
  return [{ statement: { Sid: 'NoIdentityChanges', Effect: 'Deny', Action, Resource: '*' }, why }];
}

/** Statements for `delegation: boundary`. */
function withDelegation(boundaryArn: string, options: BoundaryOptions): ExplainedStatement[] {
  const { delegationPath: path, partition } = options;
  const account = parseArn(boundaryArn)?.account ?? '';
  const keyed = boundaryKeyedActions();
  const own = (type: string): string => `arn:${partition}:iam::${account}:${type}${path ?? ''}*`;
  const others = identityChanges().filter(
    (action) =>
      !keyed.includes(action) && !removals.includes(action) && !harmless.has(action) && !harmlessToDelegate.has(action),
  );
  const scope =
    path === undefined
      ? ({ Resource: '*' } as const)
      : ({ NotResource: ['user', 'role', 'policy', 'mfa'].map(own) } as const);
  return [
    {
      statement: {
        Sid: 'OnlyWithThisBoundary',
        Effect: 'Deny',
        Action: compressActions(keyed),
        Resource: '*',
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundaryArn } },
      },
      why: 'Users and roles can be created and given policies only while they carry this boundary.',
    },
    {
      statement: { Sid: 'KeepBoundaryAttached', Effect: 'Deny', Action: removals, Resource: '*' },
      why: 'The boundary cannot be taken from any user or role.',
    },
    {
      statement: { Sid: 'KeepBoundaryAsItIs', Effect: 'Deny', Action: policyChanges, Resource: boundaryArn },
      why: 'The policy that is the boundary cannot be changed, deleted or set back.',
    },
    {
      statement: { Sid: 'NoOtherIdentityChanges', Effect: 'Deny', Action: compressActions(others), ...scope },
      why:
        path === undefined
          ? 'Credentials, groups, identity providers and versions of policies cannot be changed: they reach principals without the boundary. Give --delegation-path to allow it under a path of IAM.'
          : `Credentials, tags and versions of policies can be changed only under ${path}; groups and identity providers not at all. Whoever creates principals under ${path} must give them this boundary.`,
    },
  ];
}

/** Which roles may be passed to services and assumed: their permissions are not limited by this boundary. */
function roleStatements({ roles, delegationPath, boundaryArn, partition }: BoundaryOptions): ExplainedStatement[] {
  if (roles.includes('*')) return [];
  const account = parseArn(boundaryArn ?? '')?.account ?? '';
  const delegated = delegationPath === undefined ? [] : [`arn:${partition}:iam::${account}:role${delegationPath}*`];
  const usable = [...new Set([...roles, ...delegated])];
  const scope = usable.length === 0 ? { Resource: '*' } : { NotResource: oneOrMany(usable) };
  return [
    {
      statement: {
        Sid: 'OnlyTheseRoles',
        Effect: 'Deny',
        Action: ['iam:PassRole', 'sts:AssumeRole'],
        ...scope,
      },
      why:
        usable.length === 0
          ? 'No role can be passed to a service or assumed: its permissions would not be limited by this boundary. Give --roles to allow some.'
          : `Only ${usable.join(', ')} can be passed to a service or assumed.`,
    },
  ];
}

/**
 * @param reached whether the ceiling reaches an action
 * @throws UsageError when the ceiling names what the delegation denies
 */
export function delegationStatements(
  options: BoundaryOptions,
  reached: (action: string) => boolean,
): readonly ExplainedStatement[] {
  const { delegation, boundaryArn } = options;
  const identity =
    delegation === 'boundary' && boundaryArn !== undefined
      ? withDelegation(boundaryArn, options)
      : withoutDelegation(options, reached);
  return [...identity, ...roleStatements(options)];
}
