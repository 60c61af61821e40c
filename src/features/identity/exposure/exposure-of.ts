// Who outside the account may do what with a resource, decided by the policy engine.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html

import type { Answer } from '../policy/answer.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { evaluate } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Policies } from '../policy/policies.ts';
import { satisfiable } from '../policy/satisfiable.ts';
import { statementsOf } from '../policy/statement.ts';
import type { Expression, Truth } from '../policy/truth.ts';
import type { Access, Exposure, ExposedResource } from './access.ts';
import { accessClasses } from './access.ts';
import { exposedActions } from './actions.ts';
import type { ExposedAction, Target } from './actions.ts';
import { askersOf } from './askers.ts';
import type { Asker } from './askers.ts';
import { without } from './narrowing.ts';
import { secretsOf } from './secrets.ts';
import { bucketDocument, triedPolicies, triedTargets } from './tried.ts';

/** An access with its conditions as the engine has them. */
interface TriedAccess extends Access {
  /** One for each action and resource tried that is open. */
  readonly truths: readonly Truth[];
}

const mostConditions = 5;
const mostText = 500;

/**
 * Who outside the resource's account may do what with it, and under which conditions. Pure.
 *
 * Access is `public` when an arbitrary stranger can meet the conditions, choosing what callers choose; conditions on
 * fixed values (accounts, organisations, VPC endpoints, source resources, narrow address ranges) keep the public out.
 */
export function exposureOf(resource: ExposedResource): Exposure {
  const document = parse(resource);
  const behind = bucketDocument(resource);
  const trial = new Trial(resource, document, behind);
  const accesses = askersOf(resource, document).flatMap((asker) => trial.accessesOf(asker));
  const found = withoutRepetition(accesses).map((access): Access => {
    const { audience, truths } = access;
    return resource.kind === 'role' ? { ...access, secrets: secretsOf(audience, truths) } : access;
  });
  return { accesses: found, unreadable: (document && faultOf(document)) ?? (behind && faultOf(behind)) };
}

function parse({ policy, kind }: ExposedResource): PolicyDocument | undefined {
  if (policy === null || policy === '') return undefined;
  return parsePolicy(policy, { name: 'the resource policy', kind: kind === 'role' ? 'trust' : 'resource' });
}

/** Errors, and documents larger than AWS stores: what AWS gave cannot be what was read. */
export function faultOf(document: PolicyDocument): string | undefined {
  const fault = document.problems.find(({ severity, code }) => severity === 'error' || code === 'oversized');
  if (fault === undefined) return undefined;
  const place = fault.place === '' ? '' : ` (at ${fault.place})`;
  return `The policy cannot be read in full${place}: ${fault.message}`;
}

class Trial {
  readonly #resource: ExposedResource;
  readonly #policies: Policies;
  readonly #actions: readonly ExposedAction[];
  readonly #targets: Readonly<Record<Target, readonly string[]>>;
  readonly #spokenOf = new Map<string, string>();

  constructor(resource: ExposedResource, document: PolicyDocument | undefined, behind: PolicyDocument | undefined) {
    this.#resource = resource;
    this.#policies = triedPolicies(resource, document, behind);
    const granting =
      document === undefined ? [] : statementsOf(document).filter(({ statement }) => statement.effect === 'Allow');
    const listed = this.#policies.s3.acl.length > 0;
    const granted = new Set(this.#policies.kmsGrants.flatMap((one) => one.operations.map((name) => `kms:${name}`)));
    this.#actions = exposedActions(resource.kind).filter(
      ({ action }) =>
        listed || granted.has(action) || granting.some((statement) => statement.matchesAction(action.toLowerCase())),
    );
    this.#targets = triedTargets(resource, document, behind);
  }

  accessesOf(asker: Asker): TriedAccess[] {
    const tried = new Map<string, Tried>();
    return accessClasses.flatMap((access) => {
      const open = this.#actions
        .filter((one) => one.access === access && suits(asker, one.action))
        .flatMap((one) => this.#targets[one.target].flatMap((target) => this.#open(asker, one.action, target, tried)));
      return open.length === 0 ? [] : [summarise(asker, access, open)];
    });
  }

  /** Actions of which the same statements speak have the same answer: it is worked out once. */
  #open(asker: Asker, action: string, target: string, tried: Map<string, Tried>): Open[] {
    const key = `${this.#statementsOf(action)} ${target}`;
    let found = tried.get(key);
    if (found === undefined) tried.set(key, (found = this.#try(asker, action, target)));
    return found === 'shut' ? [] : [{ action, ...found }];
  }

  #statementsOf(action: string): string {
    const known = this.#spokenOf.get(action);
    if (known !== undefined) return known;
    const { resource, resourceControl } = this.#policies;
    const documents = [resource, this.#policies.s3.accessPointPolicy, ...resourceControl.flat()];
    const text = documents
      .flatMap((document) => (document === undefined ? [] : statementsOf(document)))
      .map((statement) => (statement.matchesAction(action.toLowerCase()) ? '1' : '0'))
      .join('');
    // Access control lists, grants and SQS have rules of their own for single actions.
    const { s3, kmsGrants } = this.#policies;
    const { kind } = this.#resource;
    const single = s3.acl.length > 0 || kmsGrants.length > 0 || kind === 'queue' || kind === 'role';
    const key = single ? `${text} ${action}` : text;
    this.#spokenOf.set(action, key);
    return key;
  }

  #try(asker: Asker, action: string, target: string): Tried {
    const { account, context, organization } = this.#resource;
    const answer = evaluate(
      {
        principal: asker.principal,
        action,
        resource: target,
        resourceAccount: account,
        context: {
          values: {
            ...(organization === undefined ? {} : { 'aws:ResourceOrgID': [organization.id] }),
            ...context,
            ...asker.values,
          },
          present: asker.present,
          complete: false,
        },
      },
      this.#policies,
    );
    const truth = truthOf(answer, asker);
    return satisfiable(truth) ? { truth, answer } : 'shut';
  }
}

/** Users of identity providers assume roles by actions of their own, which nobody else uses. */
function suits({ principal }: Asker, action: string): boolean {
  if (!action.startsWith('sts:') || principal.kind === 'anonymous') return true;
  return (principal.kind === 'federated') === action.startsWith('sts:AssumeRoleWith');
}

type Tried = { readonly truth: Truth; readonly answer: Answer } | 'shut';

interface Open {
  readonly action: string;
  readonly truth: Truth;
  readonly answer: Answer;
}

function truthOf({ decision, condition }: Answer, asker: Asker): Truth {
  if (decision === 'allowed') return true;
  return decision === 'conditional' && condition !== undefined ? without(condition, asker.never) : false;
}

function summarise(asker: Asker, access: Access['access'], open: readonly Open[]): TriedAccess {
  const truths = open.map(({ truth }) => truth);
  const conditions = truths.includes(true)
    ? []
    : [...new Set(truths.map((truth) => (truth as Expression).text.slice(0, mostText)))];
  const statements = open.flatMap(({ answer }) =>
    answer.statements.filter(({ effect, policy }) => effect === 'Allow' && policy === 'the resource policy'),
  );
  return {
    audience: asker.audience,
    access,
    actions: [...new Set(open.map(({ action }) => action))].sort(),
    conditions: conditions.slice(0, mostConditions),
    statements: [...new Set(statements.map(({ sid, place }) => sid ?? place))],
    secrets: [],
    truths,
  };
}

/** Leaves out audiences that a wider one holds, action by action: the public holds everybody. */
function withoutRepetition(accesses: readonly TriedAccess[]): TriedAccess[] {
  const key = ({ audience, access }: TriedAccess): string => JSON.stringify([audience, access]);
  const merged = new Map<string, TriedAccess>();
  for (const access of accesses) {
    const other = merged.get(key(access));
    merged.set(key(access), other === undefined ? access : merge(other, access));
  }
  const all = [...merged.values()];
  return all
    .filter((access) => !all.some((wider) => isWider(wider, access)))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function merge(one: TriedAccess, other: TriedAccess): TriedAccess {
  const truths = [...one.truths, ...other.truths];
  return {
    ...one,
    actions: [...new Set([...one.actions, ...other.actions])].sort(),
    conditions: truths.includes(true)
      ? []
      : [...new Set([...one.conditions, ...other.conditions])].slice(0, mostConditions),
    statements: [...new Set([...one.statements, ...other.statements])],
    truths,
  };
}

function isWider(wider: TriedAccess, access: TriedAccess): boolean {
  if (wider === access || wider.access !== access.access) return false;
  const covers = access.actions.every((action) => wider.actions.includes(action));
  const unconditional = wider.conditions.length === 0;
  const alike = unconditional || wider.conditions.join() === access.conditions.join();
  const { audience } = access;
  if (wider.audience.kind === 'service') {
    return (
      audience.kind === 'service' &&
      wider.audience.forAnyone &&
      !audience.forAnyone &&
      wider.audience.name === audience.name &&
      covers
    );
  }
  if (wider.audience.kind === 'organisation' && wider.audience.own && alike) {
    return audience.kind === 'account' && audience.membership === 'member' && covers;
  }
  if (wider.audience.kind !== 'public' || !covers) return false;
  if (audience.kind === 'public')
    return audience.who === 'any-aws-account' && wider.audience.who === 'anonymous' && alike;
  return audience.kind === 'narrowed' || (alike && (audience.kind === 'account' || audience.kind === 'organisation'));
}
