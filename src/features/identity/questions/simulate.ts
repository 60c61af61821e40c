// One request decided over stored evidence, and explained with the names and places of the policies.

import type { Organization } from '../../../domain/account.ts';
import type { AccountEvidence } from '../evidence/evidence-reader.ts';
import type { ControlLevel } from '../evidence/control-levels.ts';
import { unknownIdentity, type PrincipalEvidence } from '../evidence/principal-evidence.ts';
import type { ResourceEvidence } from '../evidence/resource-facts.ts';
import { keyDenial } from '../evidence/secret-key.ts';
import { documentOf, opening, unreadKeys, type SourcePolicy } from '../evidence/source-policy.ts';
import type { Answer, Decision } from '../policy/answer.ts';
import type { Effect, PolicyDocument } from '../policy/document.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { AccessRequest, Policies } from '../policy/policies.ts';
import { isInAccount, type Principal } from '../policy/principal.ts';
import { conditionWords, keyNotes, unreadIn } from './condition-words.ts';
import { fitNotes } from './resource-fit.ts';
import {
  anonymousContext,
  outsideContext,
  principalContext,
  principalTagContext,
  resourceContext,
  resourceTagContext,
} from './known-context.ts';

export interface SimulateQuestion {
  readonly organization: Organization;
  readonly principal: Principal;
  /** As the asker wrote it. */
  readonly principalText: string;
  /** Undefined for root users, services, anonymous callers and whoever is not in the evidence. */
  readonly evidence: PrincipalEvidence | undefined;
  /** The principal's account, where it is of the organisation. */
  readonly principalAccount: AccountEvidence | undefined;
  readonly action: string;
  readonly resource: ResourceEvidence;
  readonly resourceAccount: AccountEvidence | undefined;
  /** What the asker says about the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** True when keys that are not named are absent from the request. */
  readonly completeContext: boolean;
}

export interface SimulateStatement {
  /** The policy's own name. */
  readonly policy: string;
  readonly sid: string | null;
  readonly effect: Effect;
  readonly why: string;
  readonly arn: string | null;
  /** What kind of policy it is, such as `service-control`. */
  readonly kind: string;
  readonly attachedTo: string;
  /** JSON pointer into the document. */
  readonly place: string;
}

export interface SimulateAnswer {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly statements: readonly SimulateStatement[];
  /** For `conditional`: what must hold, in words, one line for each part. */
  readonly conditions: readonly string[];
  /** The condition keys behind them, each with who decides it. */
  readonly conditionKeys: readonly { readonly key: string; readonly class: string }[];
  /** For a denial: the first layer that stops the request, in AWS's order. */
  readonly wall: string | null;
  /** For a denial: what would have to change. */
  readonly change: readonly string[];
  /** What could not be read and bears on the answer, each a sentence. */
  readonly unknown: readonly string[];
  /** Faults of the policies that took part. */
  readonly problems: readonly string[];
  /** What may be other than meant, such as a resource that the action does not act on. */
  readonly notes: readonly string[];
}

/** Decides and explains. Pure. */
export function simulate(question: SimulateQuestion): SimulateAnswer {
  const sources = sourcesOf(question);
  const documents = new Map(sources.all.map((source) => [source, documentOf(source)]));
  const policies = policiesOf(question, sources, documents);
  const request = requestOf(question, sources.all, [...documents.values()]);
  const answer = withKeyApart(evaluate(request, policies), question, () =>
    evaluate(request, { ...policies, resource: ownDocument(question.resource.policy) }),
  );
  const byTitle = new Map(sources.all.map((source) => [source.title, source]));
  const sourceOf = (title: string): SourcePolicy | undefined => byTitle.get(title);
  const open = new Set(unreadIn(answer.condition));
  const spoke = new Set(answer.statements.map(({ policy }) => policy));
  return {
    principal: question.principalText,
    action: question.action,
    resource: question.resource.arn,
    decision: answer.decision,
    statements: answer.statements
      .filter(({ policy, effect }) => decides(sourceOf(policy), effect))
      .map(({ policy, sid, effect, why, place }) => ({
        policy: sourceOf(policy)?.name ?? policy,
        sid: sid ?? null,
        effect,
        why,
        arn: sourceOf(policy)?.arn ?? null,
        kind: sourceOf(policy)?.kind ?? 'resource',
        attachedTo: sourceOf(policy)?.attachedTo ?? '',
        place,
      })),
    conditions: conditionWords(answer.condition),
    conditionKeys: keyNotes(answer.condition).map(({ key, class: keyClass }) => ({ key, class: keyClass })),
    wall: answer.wall ?? null,
    change: answer.change.map((sentence) => withPlaces(sentence, question)),
    unknown: [
      ...sources.all
        .filter(({ title, unread }) => unread !== undefined && (open.has(title) || spoke.has(title)))
        .map(({ title, unread }) => `${opening(title)} could not be read: ${unread}.`),
      ...stale(question),
      ...question.resource.unknown,
    ],
    notes: fitNotes(question.action, question.resource.arn),
    problems: answer.problems.map(({ policy, place, message }) => `${policy} ${place}: ${message}`),
  };
}

/** A resource's policy as AWS gave it. */
function ownDocument(policy: SourcePolicy | undefined): PolicyDocument | undefined {
  return policy && documentOf({ ...policy, text: policy.ownText ?? policy.text });
}

type Answered = Pick<Answer, 'decision' | 'statements' | 'condition' | 'change' | 'problems'> & {
  wall?: string | undefined;
};

/**
 * The answer with a secret's key told apart from the secret's policy: what the key forbids is said of the key, and no
 * statement is shown that the policy does not hold.
 * @param own decides by the policy alone
 */
function withKeyApart(answer: Answer, { resource }: SimulateQuestion, own: () => Answer): Answered {
  const key = resource.policy?.key;
  if (key === undefined || resource.policy?.ownText === undefined) return answer;
  const alone = own();
  if (alone.decision === 'implicit-deny' || alone.decision === 'explicit-deny') return alone;
  if (answer.decision !== 'explicit-deny') return { ...answer, statements: alone.statements };
  return {
    ...alone,
    decision: 'implicit-deny',
    condition: answer.condition,
    wall: 'kms-key',
    change: [keyDenial(key)],
  };
}

/** An unread policy is told of elsewhere; a resource control policy can only deny, its Allow is the default. */
function decides(source: SourcePolicy | undefined, effect: Effect): boolean {
  return source?.unread === undefined && !(source?.kind === 'resource-control' && effect === 'Allow');
}

interface Sources {
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
  readonly serviceControl: readonly ControlLevel[];
  readonly resourceControl: readonly ControlLevel[];
  readonly all: readonly SourcePolicy[];
}

function sourcesOf(question: SimulateQuestion): Sources {
  const { principal, evidence, principalAccount, resource, resourceAccount } = question;
  const identity = evidence?.identity ?? unreadIdentity(question);
  const boundary = evidence?.permissionsBoundary;
  const serviceControl = isInAccount(principal) ? (principalAccount?.controls.serviceControl ?? []) : [];
  const resourceControl = resourceAccount?.controls.resourceControl ?? [];
  const all = [
    ...identity,
    ...[boundary, resource.policy, resource.accessPointPolicy].filter((source) => source !== undefined),
    ...[...serviceControl, ...resourceControl].flatMap((level) => level.policies),
  ];
  return { identity, boundary, serviceControl, resourceControl, all };
}

/** Whoever is of an account, but not in the evidence, has policies that are not known. The root user has none. */
function unreadIdentity({ principal, principalAccount }: SimulateQuestion): readonly SourcePolicy[] {
  if (!isInAccount(principal) || principal.kind === 'root') return [];
  const why =
    principalAccount === undefined
      ? `account ${principal.account} is not in the organisation`
      : `account ${principal.account}: ${principalAccount.reading.why}`;
  return [unknownIdentity(principal.arn, why)];
}

function stale({ principalAccount, evidence }: SimulateQuestion): readonly string[] {
  if (principalAccount?.reading.identities !== 'stale' || evidence === undefined) return [];
  const { account, reading } = principalAccount;
  return [
    `Account ${account.id} could not be read by the newest scan (${reading.why}): its users and roles are as of ${evidence.collectedAt}.`,
  ];
}

function policiesOf(
  question: SimulateQuestion,
  sources: Sources,
  documents: ReadonlyMap<SourcePolicy, PolicyDocument>,
): Policies {
  const { resource, principalAccount, resourceAccount } = question;
  const read = (source: SourcePolicy): PolicyDocument => documents.get(source) ?? documentOf(source);
  const levels = (list: readonly ControlLevel[]): Policies['serviceControl'] =>
    list.map((level) => level.policies.map(read));
  return {
    identity: sources.identity.map(read),
    permissionsBoundary: sources.boundary && read(sources.boundary),
    session: [],
    resource: resource.policy && read(resource.policy),
    vpcEndpoint: undefined,
    serviceControl: levels(sources.serviceControl),
    resourceControl: levels(sources.resourceControl),
    principalInManagementAccount: principalAccount?.account.isManagement ?? false,
    resourceInManagementAccount: resourceAccount?.account.isManagement ?? false,
    s3: { ...resource.s3, accessPointPolicy: resource.accessPointPolicy && read(resource.accessPointPolicy) },
    kmsGrants: resource.kmsGrants,
  };
}

function requestOf(
  question: SimulateQuestion,
  sources: readonly SourcePolicy[],
  documents: readonly PolicyDocument[],
): AccessRequest {
  const { organization, principal, evidence, principalAccount, resource, resourceAccount } = question;
  const ofPrincipal =
    principalAccount === undefined
      ? isInAccount(principal)
        ? outsideContext(organization, documents)
        : anonymousContext
      : principalContext(organization, principalAccount.account);
  return {
    principal,
    action: question.action,
    resource: resource.arn,
    resourceAccount: resource.account,
    context: {
      values: {
        ...ofPrincipal,
        ...(evidence === undefined ? {} : principalTagContext(evidence.type, evidence.tags, documents)),
        ...resourceContext(organization, resourceAccount?.account),
        ...resourceTagContext(resource.tags),
        ...resource.context,
        ...question.context,
      },
      present: unreadKeys(sources),
      complete: question.completeContext,
    },
  };
}

/** `level 2 of 4` as the place that people know, and the boundary by its name. */
function withPlaces(sentence: string, { principalAccount, evidence }: SimulateQuestion): string {
  const levels = principalAccount?.controls.serviceControl ?? [];
  const boundary = evidence?.permissionsBoundary?.name;
  return sentence
    .replace(/^The permissions boundary (?=does)/, (whole) => (boundary === undefined ? whole : `${whole}${boundary} `))
    .replace(/ at level (\d+) of \d+/, (whole, number: string) => {
      const place = levels[Number(number) - 1]?.place;
      return place === undefined ? whole : ` at ${place}`;
    });
}
