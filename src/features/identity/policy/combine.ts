// Puts the layers together: explicit denies first, then every layer in AWS's order.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html

import type { Decision, Wall } from './answer.ts';
import type { Levels } from './control-policies.ts';
import type { PolicyDocument } from './document.ts';
import type { Verdict } from './judge.ts';
import type { Principal } from './principal.ts';
import { isInAccount } from './principal.ts';
import { isRefused } from './callers.ts';
import type { ResourceSide } from './resource-side.ts';
import { satisfiable } from './satisfiable.ts';
import { all, any, not } from './truth.ts';
import type { Expression, Truth } from './truth.ts';

/** What every layer says about one request; a layer that does not apply is undefined or has no level. */
export interface Layers {
  /** In lower case. */
  readonly action: string;
  /** The request in words: action and resource as asked. */
  readonly question: string;
  readonly principal: Principal;
  readonly sameAccount: boolean;
  readonly resourceControl: Levels;
  readonly serviceControl: Levels;
  readonly vpcEndpoint: Verdict | undefined;
  readonly resourceSide: ResourceSide;
  readonly identity: Verdict | undefined;
  readonly boundary: Verdict | undefined;
  readonly session: Verdict | undefined;
  readonly documents: readonly PolicyDocument[];
}

export interface Outcome {
  readonly decision: Decision;
  readonly condition?: Expression;
  readonly wall?: Wall;
}

/** The verdicts that can deny, in AWS's order. */
export function verdictsOf(layers: Layers): readonly { readonly wall: Wall; readonly verdict: Verdict }[] {
  return [
    ...layers.resourceControl.flatMap((verdict) => named('resource-control-policy', verdict)),
    ...layers.serviceControl.flatMap((verdict) => named('service-control-policy', verdict)),
    ...named('vpc-endpoint-policy', layers.vpcEndpoint),
    ...layers.resourceSide.verdicts,
    ...named('identity-policy', layers.identity),
    ...named('permissions-boundary', layers.boundary),
    ...named('session-policy', layers.session),
  ];
}

function named(wall: Wall, verdict: Verdict | undefined): { wall: Wall; verdict: Verdict }[] {
  return verdict === undefined ? [] : [{ wall, verdict }];
}

/** The decision, with the condition of a conditional one and the wall of a denial. */
export function combine(layers: Layers): Outcome {
  const verdicts = verdictsOf(layers).filter(({ wall }) => !rootMayRepair(layers, wall));
  const denying = verdicts.filter(({ verdict }) => verdict.deny !== false);
  const certain = denying.find(({ verdict }) => verdict.deny === true);
  if (certain !== undefined) return { decision: 'explicit-deny', wall: certain.wall };
  const allGates = gates(layers);
  const shut = allGates.find((gate) => gate.truth === false);
  if (shut !== undefined) return { decision: 'implicit-deny', wall: shut.wall };
  const spared = not(any(denying.map(({ verdict }) => verdict.deny)));
  const truth = all([...allGates.map((gate) => gate.truth), spared]);
  if (truth === true) return { decision: 'allowed' };
  if (satisfiable(truth)) {
    const always = !satisfiable(not(truth));
    return always || typeof truth === 'boolean'
      ? { decision: 'allowed' }
      : { decision: 'conditional', condition: truth };
  }
  // What is unknown cannot turn out so that the request is allowed: the conditions exclude each other.
  const first = denying[0];
  if (first !== undefined && !satisfiable(spared)) return { decision: 'explicit-deny', wall: first.wall };
  return { decision: 'implicit-deny', wall: exclusiveWall(allGates) ?? first?.wall ?? 'identity-policy' };
}

/** The first gate that cannot be open together with those before it. */
function exclusiveWall(allGates: readonly Gate[]): Wall | undefined {
  return allGates.find((_, index) => !satisfiable(all(allGates.slice(0, index + 1).map((gate) => gate.truth))))?.wall;
}

/**
 * The root user of the bucket's owner can always read, write and delete the bucket policy, whatever it says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function rootMayRepair(layers: Layers, wall: Wall): boolean {
  return (
    wall === 'resource-policy' &&
    layers.principal.kind === 'root' &&
    layers.sameAccount &&
    /^s3:(?:get|put|delete)bucketpolicy$/.test(layers.action)
  );
}

interface Gate {
  readonly wall: Wall;
  readonly truth: Truth;
}

/** The conditions that must all hold for the request to be allowed, explicit denies aside, in AWS's order. */
function gates(layers: Layers): readonly Gate[] {
  const { vpcEndpoint, resourceSide } = layers;
  const opening: Gate[] = layers.serviceControl.map((level) => ({
    wall: 'service-control-policy',
    truth: level.allow,
  }));
  if (vpcEndpoint !== undefined) opening.push({ wall: 'vpc-endpoint-policy', truth: vpcEndpoint.allow });
  const resourceWall: Wall = resourceSide.blocked ? 'public-access-block' : resourceSide.wall;
  if (isRefused(layers.principal, layers.action)) return [...opening, { wall: 'identity-policy', truth: false }];
  return [
    ...opening,
    ...(isInAccount(layers.principal) ? grantGates(layers, resourceWall) : [outsideGate(layers, resourceWall)]),
  ];
}

/** Services, anonymous callers and users of identity providers have the resource's word alone. */
function outsideGate(layers: Layers, wall: Wall): Gate {
  const { reach, grants } = layers.resourceSide;
  return { wall, truth: any([reach.direct, grants.direct]) };
}

/**
 * The grant and what limits it: identity policies grant under boundary and session policies; so does a resource policy
 * that names the role; what it grants to the user or session itself nothing limits in the same account. Across
 * accounts the resource policy and the identity policies must both grant.
 */
function grantGates(layers: Layers, resourceWall: Wall): readonly Gate[] {
  const { resourceSide, sameAccount } = layers;
  const { reach, grants } = resourceSide;
  const anyReach = any([reach.direct, reach.role, reach.account]);
  const isRoot = layers.principal.kind === 'root';
  const identity: Truth = isRoot || (layers.identity?.allow ?? false);
  const boundary = layers.boundary?.allow ?? true;
  const session = layers.session?.allow ?? true;
  const granted = (limits: readonly Truth[]): Truth => {
    const limited = all([any([grants.role]), ...limits]);
    const byIdentity = all([identity, ...limits]);
    const base = [grants.direct, limited];
    if (!sameAccount) return any([...base, all([resourceSide.crossAccount, anyReach, byIdentity])]);
    const byResource = [reach.direct, all([reach.role, ...limits])];
    const byAccount = resourceSide.required ? all([reach.account, byIdentity]) : byIdentity;
    return any([...base, ...byResource, byAccount]);
  };
  const resource: Truth =
    sameAccount && !resourceSide.required
      ? true
      : any([grants.direct, grants.role, all([anyReach, sameAccount || resourceSide.crossAccount])]);
  return [
    { wall: resourceWall, truth: resource },
    { wall: 'identity-policy', truth: granted([]) },
    { wall: 'permissions-boundary', truth: granted([boundary]) },
    { wall: 'session-policy', truth: granted([boundary, session]) },
  ];
}
