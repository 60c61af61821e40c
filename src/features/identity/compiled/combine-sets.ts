// Puts what the layers say about all actions together: the formulas of combine.ts on whole sets, once for what is certain
// and once for what is possible.

import { universeSize } from '../actions/action-index.ts';
import { addAll, fullSet, keepAll, removeAll, type Bitset } from '../actions/bitset.ts';
import { isInAccount, type Principal } from '../policy/principal.ts';
import { actionRules } from './action-rules.ts';
import type { SetFindings } from './document-effect.ts';
import { emptyActions, type Lane, type Lanes } from './lanes.ts';
import type { Relation } from './pattern-relation.ts';

/** What every layer says about all actions; a layer that does not apply is undefined or missing. */
export interface SetLayers {
  readonly principal: Principal;
  readonly sameAccount: boolean;
  /** Whether the resources are KMS keys, whose policies must speak. */
  readonly keys: Relation;
  /** Whether they are keys or aliases, which stand for their keys but where the alias itself is changed. */
  readonly keysOrAliases: Relation;
  /** Whether they are AWS managed keys, which resource control policies do not reach. */
  readonly managedKeys: Relation;
  readonly identity: SetFindings | undefined;
  readonly boundary: SetFindings | undefined;
  readonly session: SetFindings | undefined;
  readonly resource: SetFindings | undefined;
  /** Layers that must allow, and may deny. */
  readonly guards: readonly SetFindings[];
  /** Layers that can only deny, and only what resource control policies reach. */
  readonly denies: readonly SetFindings[];
}

/** True when any layer leaves something open, so that the lanes differ. */
export function isOpen(layers: SetLayers): boolean {
  const { identity, boundary, session, resource, guards, denies } = layers;
  const all = [identity, boundary, session, resource, ...guards, ...denies];
  const open = all.some((findings) =>
    [findings?.direct, findings?.role, findings?.account, findings?.deny].some(
      (lanes) => lanes !== undefined && lanes.certain !== lanes.possible,
    ),
  );
  const relations = [layers.keys, layers.keysOrAliases, ...(denies.length > 0 ? [layers.managedKeys] : [])];
  return open || relations.includes('some');
}

const other: Readonly<Record<Lane, Lane>> = { certain: 'possible', possible: 'certain' };

/** The formula of `granted` in combine.ts on whole sets, then guards and denies. */
export function combineLane(layers: SetLayers, lane: Lane): Bitset {
  const allowed = isInAccount(layers.principal) ? grantedLane(layers, lane) : outsideLane(layers, lane);
  // The root user cannot assume roles, whoever admits it.
  if (layers.principal.kind === 'root') removeAll(allowed, actionRules().roleAssumption);
  for (const guard of layers.guards) limit(allowed, guard, lane);
  const deniers = [layers.identity, layers.boundary, layers.session, ...layers.guards];
  for (const findings of deniers) if (findings?.deny) removeAll(allowed, findings.deny[other[lane]]);
  const { resourceControlled, iam, kms, repair } = actionRules();
  for (const findings of layers.denies) {
    if (!findings.deny || layers.managedKeys === 'all') continue;
    const denied = findings.deny[other[lane]].slice();
    keepAll(denied, resourceControlled);
    if (layers.managedKeys === 'some' && lane === 'possible') removeAll(denied, kms);
    removeAll(allowed, denied);
  }
  if (layers.resource?.deny) {
    const spared = copy(layers.resource.deny, other[lane]);
    removeAll(spared, iam);
    if (layers.principal.kind === 'root' && layers.sameAccount) removeAll(spared, repair);
    removeAll(allowed, spared);
  }
  return allowed;
}

/** Services, anonymous callers and users of identity providers have the resource's word alone. */
function outsideLane(layers: SetLayers, lane: Lane): Bitset {
  const granted = copy(layers.resource?.direct, lane);
  removeAll(granted, actionRules().iam);
  return granted;
}

function grantedLane(layers: SetLayers, lane: Lane): Bitset {
  const { resource, sameAccount } = layers;
  const rules = actionRules();
  const byIdentity = identityLane(layers, lane);
  limit(byIdentity, layers.boundary, lane);
  limit(byIdentity, layers.session, lane);
  const required = sameAccount ? rules.roleAssumption : fullSet(universeSize());
  // What the resource's policy grants to the account or, from another account, to whomever.
  const admitted = copy(resource?.account, lane);
  if (!sameAccount) {
    if (resource?.direct) addAll(admitted, resource.direct[lane]);
    if (resource?.role) addAll(admitted, resource.role[lane]);
    keepAll(admitted, rules.crossAccount);
  }
  removeAll(admitted, rules.iam);
  // Where the resource's policy must speak, an identity policy counts only for what it admits.
  keepOutside(byIdentity, admitted, required);
  if (sameAccount && requires(layers.keys, lane)) keepOutside(byIdentity, admitted, rules.kms);
  if (sameAccount && requires(layers.keysOrAliases, lane)) keepOutside(byIdentity, admitted, rules.kmsKeys);
  if (!sameAccount || resource === undefined) return byIdentity;
  const toRole = copy(resource.role, lane);
  limit(toRole, layers.boundary, lane);
  limit(toRole, layers.session, lane);
  if (resource.direct) addAll(toRole, resource.direct[lane]);
  removeAll(toRole, rules.iam);
  addAll(byIdentity, toRole);
  return byIdentity;
}

/**
 * Whether a key policy must speak. That takes permissions away: where only some of the resources are keys, it counts
 * against what is certain, and not against what is possible.
 */
function requires(keys: Relation, lane: Lane): boolean {
  return keys === 'all' || (keys === 'some' && lane === 'certain');
}

/** What identity policies give; the root user may do everything. */
function identityLane(layers: SetLayers, lane: Lane): Bitset {
  return layers.principal.kind === 'root' ? fullSet(universeSize()) : copy(layers.identity?.direct, lane);
}

function copy(lanes: Lanes | undefined, lane: Lane): Bitset {
  return lanes === undefined ? emptyActions() : lanes[lane].slice();
}

/** Keeps what a layer allows; a layer that does not apply limits nothing. */
function limit(set: Bitset, findings: SetFindings | undefined, lane: Lane): void {
  if (findings === undefined || findings.direct?.full === true) return;
  if (findings.role === undefined && findings.account === undefined) {
    if (findings.direct === undefined) set.fill(0);
    else keepAll(set, findings.direct[lane]);
    return;
  }
  const all = copy(findings.direct, lane);
  for (const lanes of [findings.role, findings.account]) if (lanes) addAll(all, lanes[lane]);
  keepAll(set, all);
}

/** Removes from `set` what is in `within` but not in `admitted`. */
function keepOutside(set: Bitset, admitted: Bitset, within: Bitset): void {
  for (let i = 0; i < set.length; i += 1) set[i] = set[i]! & (admitted[i]! | ~within[i]!);
}
