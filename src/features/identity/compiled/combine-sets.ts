// Puts what the layers say about all actions together: the formulas of combine.ts on whole sets, once for what is certain
// and once for what is possible. Each lane ends as sets to keep and sets to drop, which are then met in one pass.

import { addAll, keepAll, removeAll, type Bitset } from '../actions/bitset.ts';
import { isInAccount, type Principal } from '../policy/principal.ts';
import { actionRules } from './action-rules.ts';
import type { SetFindings } from './document-effect.ts';
import { emptyActions, intersect, type Lane, type Lanes } from './lanes.ts';
import type { Relation } from './pattern-relation.ts';

/** How the resources asked about relate to those for which AWS has rules of their own. */
export interface ResourceKinds {
  /** KMS keys, whose policies must speak. */
  readonly keys: Relation;
  /** Keys or aliases, which stand for their keys but where the alias itself is changed. */
  readonly keysOrAliases: Relation;
  /** AWS managed keys, which resource control policies do not reach. */
  readonly managedKeys: Relation;
}

/**
 * The actions for which the resource's policy must speak. That takes permissions away: where only some of the resources
 * are keys, it counts against what is certain, and not against what is possible.
 */
export function requiredActions(kinds: ResourceKinds): Readonly<Record<Lane, Bitset>> {
  const { roleAssumption, kms, kmsKeys } = actionRules();
  const lane = (which: Lane): Bitset => {
    const counts = (relation: Relation): boolean => relation === 'all' || (relation === 'some' && which === 'certain');
    const keys = counts(kinds.keys) ? [kms] : [];
    return union([roleAssumption, ...keys, ...(counts(kinds.keysOrAliases) ? [kmsKeys] : [])]);
  };
  return { certain: lane('certain'), possible: lane('possible') };
}

/** What one lane of some layers comes to. */
export interface Cut {
  readonly keep: readonly Bitset[];
  readonly drop: readonly Bitset[];
  /** The only words that can be anything but zero, where they are few. */
  readonly words?: Uint16Array | undefined;
}

/** Layers that apply whoever grants: SCPs, RCPs and the policy of a VPC endpoint. */
export type Guards = Readonly<Record<Lane, Cut>> & { readonly open: boolean };

/** What every layer says about all actions; a layer that does not apply is undefined. */
export interface SetLayers {
  readonly principal: Principal;
  readonly sameAccount: boolean;
  readonly kinds: ResourceKinds;
  /** The actions for which the resource's policy must speak. */
  readonly required: Readonly<Record<Lane, Bitset>>;
  readonly identity: SetFindings | undefined;
  readonly boundary: SetFindings | undefined;
  readonly session: SetFindings | undefined;
  readonly resource: SetFindings | undefined;
  readonly guards: Guards;
}

const other: Readonly<Record<Lane, Lane>> = { certain: 'possible', possible: 'certain' };

/** Puts guards together, so that many principals can share them. */
export function combineGuards(
  allowing: readonly SetFindings[],
  denying: readonly SetFindings[],
  managedKeys: Relation,
): Guards {
  const lane = (which: Lane): Cut => {
    const keep = allowing.flatMap(({ allow }) => keepOf(allow, which));
    const drop = allowing.flatMap(({ deny }) => (deny === undefined ? [] : [deny[other[which]]]));
    for (const { deny } of denying) {
      if (deny === undefined || managedKeys === 'all') continue;
      const denied = deny[other[which]].slice();
      keepAll(denied, actionRules().resourceControlled);
      if (managedKeys === 'some' && which === 'possible') removeAll(denied, actionRules().kms);
      drop.push(denied);
    }
    // One set of each is left to be met for every principal.
    return { keep: keep.length > 1 ? [intersect(keep, [])] : keep, drop: drop.length > 1 ? [union(drop)] : drop };
  };
  const open = [...allowing, ...denying].some(isOpen) || managedKeys === 'some';
  return { certain: lane('certain'), possible: lane('possible'), open };
}

/** True when any layer leaves something open, so that the lanes differ. */
export function lanesDiffer(layers: SetLayers): boolean {
  const { identity, boundary, session, resource, guards, kinds } = layers;
  if (guards.open || kinds.keys === 'some' || kinds.keysOrAliases === 'some') return true;
  return [identity, boundary, session, resource].some((findings) => findings !== undefined && isOpen(findings));
}

function isOpen({ allow, deny }: SetFindings): boolean {
  return allow?.certain !== allow?.possible || deny?.certain !== deny?.possible;
}

/** The actions that all layers together allow; `without` are left out. */
export function combineLane(layers: SetLayers, lane: Lane, without: readonly Bitset[]): Bitset {
  const { principal, guards, identity, boundary, session, resource } = layers;
  const grant = isInAccount(principal) ? grantOf(layers, lane) : outsideGrant(layers, lane);
  const drop = [...guards[lane].drop, ...grant.drop, ...without];
  for (const findings of [identity, boundary, session]) if (findings?.deny) drop.push(findings.deny[other[lane]]);
  if (resource?.deny) drop.push(resourceDeny(resource.deny, layers, lane));
  return intersect([...grant.keep, ...guards[lane].keep], drop, grant.words);
}

/** The resource policy does not speak of IAM's own actions, and cannot lock the root user out of a bucket policy. */
function resourceDeny(deny: Lanes, { principal, sameAccount }: SetLayers, lane: Lane): Bitset {
  const denied = deny[other[lane]].slice();
  removeAll(denied, actionRules().iam);
  if (principal.kind === 'root' && sameAccount) removeAll(denied, actionRules().repair);
  return denied;
}

/** Services, anonymous callers and users of identity providers have the resource's word alone. */
function outsideGrant({ resource }: SetLayers, lane: Lane): Cut {
  return { keep: [laneOf(resource?.direct, lane)], drop: [actionRules().iam] };
}

function grantOf(layers: SetLayers, lane: Lane): Cut {
  const { resource, sameAccount } = layers;
  const rules = actionRules();
  const limits = [...limitOf(layers.boundary, lane), ...limitOf(layers.session, lane)];
  const byIdentity = [...identityOf(layers, lane), ...limits];
  const words = fewestWords([layers.identity, layers.boundary, layers.session]);
  if (!sameAccount) {
    return { words, keep: [...byIdentity, laneOf(resource?.allow, lane), rules.crossAccount], drop: [rules.iam] };
  }
  const required = layers.required[lane];
  if (resource === undefined) return { words, keep: byIdentity, drop: [required] };
  // Where the resource's policy must speak, an identity policy counts only for what it admits.
  const admitted = intersect([laneOf(resource.account, lane)], [rules.iam]);
  const unasked = intersect(byIdentity, [required]);
  const asked = intersect([...byIdentity, admitted], []);
  const toRole = intersect([laneOf(resource.role, lane), ...limits], [rules.iam]);
  const direct = intersect([laneOf(resource.direct, lane)], [rules.iam]);
  return { keep: [union([unasked, asked, toRole, direct])], drop: [] };
}

/** All of the layers must allow, so nothing lies outside the words of any of them. */
function fewestWords(layers: readonly (SetFindings | undefined)[]): Uint16Array | undefined {
  let fewest: Uint16Array | undefined;
  for (const findings of layers) {
    const words = findings?.allow?.words;
    if (words !== undefined && words.length < (fewest?.length ?? Infinity)) fewest = words;
  }
  return fewest;
}

/** What identity policies give; the root user may do everything. */
function identityOf({ principal, identity }: SetLayers, lane: Lane): readonly Bitset[] {
  return principal.kind === 'root' ? [] : keepOf(identity?.allow, lane);
}

function limitOf(findings: SetFindings | undefined, lane: Lane): readonly Bitset[] {
  return findings === undefined ? [] : keepOf(findings.allow, lane);
}

const nothing = emptyActions();

function laneOf(lanes: Lanes | undefined, lane: Lane): Bitset {
  return lanes === undefined ? nothing : lanes[lane];
}

/** The sets that a layer asks to be met with: none when it allows everything. */
function keepOf(lanes: Lanes | undefined, lane: Lane): readonly Bitset[] {
  return lanes?.full === true ? [] : [laneOf(lanes, lane)];
}

function union(sets: readonly Bitset[]): Bitset {
  const all = emptyActions();
  for (const set of sets) addAll(all, set);
  return all;
}
