// Turns layers and outcome into an answer that a person can follow.

import type { Answer, DecidingStatement, Wall } from './answer.ts';
import { isRefused, refusals } from './callers.ts';
import type { Layers, Outcome } from './combine.ts';
import { verdictsOf } from './combine.ts';
import type { Hit, Verdict } from './judge.ts';
import type { GrantHit } from './resource-side.ts';
import { testsOf } from './truth.ts';
import type { Expression, Truth } from './truth.ts';

const mostStatements = 100;

const layerNames: Readonly<Record<Wall, string>> = {
  'resource-control-policy': 'resource control policy',
  'service-control-policy': 'service control policy',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  'public-access-block': 'Block Public Access',
  'resource-policy': 'resource policy',
  'key-policy': 'key policy',
  'trust-policy': 'trust policy',
  'access-point-policy': 'access point policy',
  'identity-policy': 'identity policy',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policy',
};

/** Builds the answer. Without layers the action needs no permission at all. */
export function explain(layers: Layers | undefined, outcome: Outcome): Answer {
  const statements = layers === undefined ? [] : deciding(layers, outcome).slice(0, mostStatements);
  return {
    decision: outcome.decision,
    statements,
    condition: outcome.condition,
    wall: outcome.wall,
    change: layers === undefined ? [] : changes(layers, outcome),
    problems: problemsOf(layers),
  };
}

/**
 * The statements that decided. Allowed: the grants first, then the ceilings that let the request pass. Explicitly
 * denied: the denies that hold. Implicitly denied: what granted, up to the wall. Conditional: all that spoke.
 */
function deciding(layers: Layers, outcome: Outcome): DecidingStatement[] {
  const verdicts = verdictsOf(layers);
  if (outcome.decision === 'explicit-deny') {
    return holdingDenies(verdicts).map(({ hit, wall }) => describe(hit, wall));
  }
  const grants = verdicts.filter(({ wall }) => isGranting(wall));
  const ceilings = verdicts.filter(({ wall }) => !isGranting(wall));
  const order = [...grants, ...ceilings];
  const allows = [
    ...layers.resourceSide.grantHits.map(describeGrant),
    ...order.flatMap(({ wall, verdict }) => verdict.allows.map((hit) => describe(hit, wall))),
  ];
  if (outcome.decision !== 'conditional') return allows;
  return [...allows, ...order.flatMap(({ wall, verdict }) => verdict.denies.map((hit) => describe(hit, wall)))];
}

/** The denies that hold; where none does alone but one of them must (a condition and its opposite), all of them. */
function holdingDenies(verdicts: ReturnType<typeof verdictsOf>): readonly { readonly hit: Hit; readonly wall: Wall }[] {
  const denies = verdicts.flatMap(({ wall, verdict }) => verdict.denies.map((hit) => ({ hit, wall })));
  const certain = denies.filter(({ hit }) => hit.truth === true);
  return certain.length > 0 ? certain : denies;
}

function isGranting(wall: Wall): boolean {
  return ['identity-policy', 'resource-policy', 'key-policy', 'trust-policy', 'access-point-policy'].includes(wall);
}

function describe(hit: Hit, wall: Wall): DecidingStatement {
  const { statement, document } = hit;
  const verb =
    statement.effect === 'Deny' ? 'denies' : hit.delegates ? 'lets identity policies of the account allow' : 'allows';
  const layer = layerNames[wall];
  const unreadable = statement.sound ? '' : '; parts of it cannot be read and are taken at their widest';
  const condition = typeof hit.truth === 'boolean' ? '' : ` if ${printExpression(hit.truth)}`;
  return {
    policy: document.name,
    sid: statement.sid,
    effect: statement.effect,
    why: `The ${layer} ${verb} this${condition}${unreadable}.`,
    place: statement.place,
  };
}

function describeGrant({ name, what, truth }: GrantHit): DecidingStatement {
  const condition = typeof truth === 'boolean' ? '' : ` if ${printExpression(truth)}`;
  return { policy: name, sid: undefined, effect: 'Allow', why: `${what} allows this${condition}.`, place: '' };
}

/** An expression as text, each test with the class of its key; bounded in length. */
export function printExpression(truth: Truth): string {
  const text = typeof truth === 'boolean' ? String(truth) : print(truth);
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

function print(expression: Expression): string {
  if (expression.kind === 'test') return `${expression.text} (${expression.keyClass})`;
  if (expression.kind === 'not') return `not (${print(expression.of)})`;
  return expression.of
    .map((part) => (part.kind === 'test' ? print(part) : `(${print(part)})`))
    .join(expression.kind === 'all' ? ' and ' : ' or ');
}

/** The condition of a conditional answer, one line for each part that must hold. */
export function printConditions(answer: Answer): readonly string[] {
  const { condition } = answer;
  if (condition === undefined) return [];
  return (condition.kind === 'all' ? condition.of : [condition]).map(printExpression);
}

/** The keys a conditional answer rests on, with their classes. */
export function conditionKeys(answer: Answer): readonly { readonly key: string; readonly keyClass: string }[] {
  const keys = new Map(testsOf(answer.condition ?? true).map(({ key, keyClass }) => [key, keyClass]));
  return [...keys].map(([key, keyClass]) => ({ key, keyClass }));
}

function changes(layers: Layers, outcome: Outcome): readonly string[] {
  const { wall } = outcome;
  if (wall === undefined) return [];
  if (outcome.decision === 'explicit-deny') return denyChanges(layers);
  if (wall === 'service-control-policy') return levelChanges(layers);
  const request = layers.question;
  const refusal = isRefused(layers.principal, layers.action) ? refusals[layers.principal.kind] : undefined;
  if (wall === 'identity-policy' && refusal !== undefined) return [refusal];
  const { resourceSide } = layers;
  if (!layers.sameAccount && !resourceSide.crossAccount && wall === resourceSide.wall) {
    return [`No policy can give ${request} to other accounts; a principal of the resource's account has to ask.`];
  }
  const sentences: Readonly<Record<Wall, string>> = {
    ...limitSentences,
    'resource-policy': `The resource's policy would have to allow ${request} to this principal.`,
    'key-policy': `The key policy would have to allow ${request} to this principal, or to its account.`,
    'trust-policy': 'The trust policy of the role would have to admit this principal.',
    'access-point-policy': `The access point's policy would have to allow ${request} to this principal.`,
    'identity-policy': `An identity policy of the principal would have to allow ${request}.`,
  };
  return [sentences[wall]];
}

/** Where a guardrail stops a request another Allow elsewhere would change nothing: say so. */
const limitSentences = {
  'resource-control-policy': 'A resource control policy stops this; permissions granted elsewhere change nothing.',
  'service-control-policy': 'A service control policy stops this; permissions granted elsewhere change nothing.',
  'vpc-endpoint-policy':
    'The VPC endpoint policy stops this; the request would have to take another way or be let through there.',
  'public-access-block': 'Block Public Access stops this; the policy or ACL that is public would have to be narrowed.',
  'permissions-boundary': 'The permissions boundary does not reach this far; identity policies alone cannot grant it.',
  'session-policy': 'The session policy does not reach this far; a session without it, or with a wider one, is needed.',
} as const;

function levelChanges(layers: Layers): readonly string[] {
  const total = layers.serviceControl.length;
  return layers.serviceControl.flatMap((level: Verdict, index) =>
    level.allow === false
      ? [
          `No service control policy at level ${index + 1} of ${total} allows ${layers.question}; permissions granted elsewhere change nothing.`,
        ]
      : [],
  );
}

function denyChanges(layers: Layers): readonly string[] {
  return holdingDenies(verdictsOf(layers))
    .slice(0, 10)
    .map(({ hit: { document, statement }, wall }) => {
      const name = statement.sid === undefined ? `at ${statement.place}` : `"${statement.sid}"`;
      return `Statement ${name} of ${document.name} (${layerNames[wall]}) denies; only narrowing it changes that, no Allow does.`;
    });
}

function problemsOf(layers: Layers | undefined): Answer['problems'] {
  return (layers?.documents ?? []).flatMap((document) =>
    document.problems.map((problem) => ({ ...problem, policy: document.name })),
  );
}
