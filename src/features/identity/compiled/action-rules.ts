// Which actions the evaluator treats in a way of their own, as sets: asked of the evaluator's rules once, action by action.

import { sortedActions, universeSize, unlistedBit } from '../actions/action-index.ts';
import { addBit, members, type Bitset } from '../actions/bitset.ts';
import { isRefused, needsNoPermission } from '../policy/callers.ts';
import { createContext } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { isRoleAssumption, judgeResourceSide } from '../policy/judge-resource.ts';
import { noPolicies } from '../policy/policies.ts';
import type { Principal, UserPrincipal } from '../policy/principal.ts';
import { emptyActions } from './lanes.ts';
import { underResourceControl } from './scope.ts';

export interface ActionRules {
  /** What is allowed to a kind of principal whatever policies say, and what is refused. */
  readonly callers: Readonly<Record<Principal['kind'], { readonly free: Numbers; readonly refused: Numbers }>>;
  /** Decided by a role's trust policy, which must speak. */
  readonly roleAssumption: Bitset;
  readonly kms: Bitset;
  /** The actions of KMS but those that change an alias. */
  readonly kmsKeys: Bitset;
  readonly s3: Bitset;
  /** IAM's own actions: the trust policy of a role does not speak of them. */
  readonly iam: Bitset;
  /** What a resource policy can grant to other accounts. */
  readonly crossAccount: Bitset;
  /** What resource control policies reach. */
  readonly resourceControlled: Bitset;
  /** What the root user of a bucket's owner may do whatever the bucket policy says. */
  readonly repair: Bitset;
  /** The sets of actions for which AWS fills in the same condition keys. */
  readonly contexts: readonly ContextGroup[];
}

type Numbers = readonly number[];

export interface ContextGroup {
  /** One of the actions. */
  readonly action: string;
  readonly actions: Bitset;
  /** The keys that AWS fills in from the resource. */
  readonly keys: readonly string[];
}

/** Somebody whose requests carry every key that depends on the action. */
const somebody: UserPrincipal = {
  kind: 'user',
  partition: 'aws',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/somebody',
  name: 'somebody',
};
const regional = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/any/object/any';

let rules: ActionRules | undefined;

export function actionRules(): ActionRules {
  rules ??= ask();
  return rules;
}

function ask(): ActionRules {
  const context = createContext({ values: {}, complete: true });
  const crossAccount = (action: string): boolean => {
    const target = { arn: '*' };
    const asked = { principal: somebody, action, target, context, hasBoundary: false };
    return judgeResourceSide(noPolicies, asked, undefined).crossAccount;
  };
  return {
    callers: callers(),
    roleAssumption: collect(isRoleAssumption),
    kms: ofService('kms'),
    kmsKeys: collect((action) => action.startsWith('kms:') && !action.endsWith('alias')),
    s3: ofService('s3'),
    iam: ofService('iam'),
    crossAccount: collect(crossAccount, true),
    resourceControlled: collect((action) => underResourceControl(somebody, action, '*', false)),
    repair: collect((action) => /^s3:(?:get|put|delete)bucketpolicy$/.test(action)),
    contexts: contexts(),
  };
}

function callers(): ActionRules['callers'] {
  const account = { partition: 'aws', account: '111122223333' } as const;
  const named = { ...account, arn: '', name: 'somebody' };
  return {
    root: callerOf({ kind: 'root', ...account, arn: '' }),
    user: callerOf({ kind: 'user', ...named }),
    role: callerOf({ kind: 'role', ...named, pathKnown: true, session: undefined, serviceLinked: false }),
    'federated-user': callerOf({ kind: 'federated-user', ...named }),
    service: callerOf({ kind: 'service', name: 'lambda.amazonaws.com' }),
    federated: callerOf({ kind: 'federated', provider: '', account: undefined }),
    anonymous: callerOf({ kind: 'anonymous' }),
  };
}

function callerOf(principal: Principal): ActionRules['callers']['user'] {
  return {
    free: [...members(collect((action) => needsNoPermission(principal, action)))],
    refused: [...members(collect((action) => isRefused(principal, action)))],
  };
}

function ofService(service: string): Bitset {
  return collect((action) => action.startsWith(`${service}:`));
}

/** @param unlisted whether actions that AWS does not list belong to the set */
function collect(belongs: (action: string) => boolean, unlisted = false): Bitset {
  const set = emptyActions();
  for (const [number, action] of sortedActions().entries()) if (belongs(action)) addBit(set, number);
  if (unlisted) addBit(set, unlistedBit());
  return set;
}

function contexts(): ActionRules['contexts'] {
  const groups = new Map<string, ContextGroup>();
  const byService = new Map<string, ContextGroup>();
  for (let number = 0; number < universeSize(); number += 1) {
    // An action that is not listed may belong to any service: it gets the keys that all services share.
    const action = sortedActions()[number] ?? 'unlisted:action';
    const service = action.slice(0, action.indexOf(':'));
    let group = byService.get(service);
    if (group === undefined) {
      const filled = filledKeys(somebody, action, regional, somebody.account, true);
      const key = JSON.stringify([...filled].sort());
      const without = filledKeys(somebody, action, '*', undefined, true);
      const keys = [...filled.keys()].filter((name) => !without.has(name));
      group = groups.get(key) ?? { action, actions: emptyActions(), keys };
      groups.set(key, group);
      byService.set(service, group);
    }
    addBit(group.actions, number);
  }
  return [...groups.values()];
}
