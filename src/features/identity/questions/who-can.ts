// Who may do one thing to one resource, with the conditions of those for whom it depends.

import type { Organization } from '../../../domain/account.ts';
import { bindPolicies, noCompiledPolicies } from '../compiled/compiled-policies.ts';
import type { Account } from '../compiled/organisation.ts';
import { whoCan } from '../compiled/who-can.ts';
import type { LoadedOrganisation } from '../evidence/organisation.ts';
import type { ResourceEvidence } from '../evidence/resource-facts.ts';
import { documentOf, unreadKeys } from '../evidence/source-policy.ts';
import type { Answer, Decision } from '../policy/answer.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { evaluate } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { AccessRequest, Policies } from '../policy/policies.ts';
import { isInAccount, parsePrincipal, type Principal } from '../policy/principal.ts';
import { conditionWords } from './condition-words.ts';
import {
  anonymousContext,
  outsideContext,
  principalTagContext,
  resourceContext,
  resourceTagContext,
} from './known-context.ts';

export interface WhoCanQuestion {
  readonly organization: Organization;
  readonly action: string;
  readonly resource: ResourceEvidence;
  /** The account that is asked about as the resource's owner. */
  readonly resourceAccount: Account;
  /** The owner's place, for conditions on it. */
  readonly ownerPlace: Parameters<typeof resourceContext>[1];
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Grantee {
  readonly principal: string;
  readonly kind:
    | 'user'
    | 'role'
    | 'service-linked-role'
    | 'root'
    | 'federated-user'
    | 'service'
    | 'federated'
    | 'anybody'
    | 'account';
  /** What must hold, in words; empty for those who may without conditions. */
  readonly conditions: readonly string[];
}

export interface Grantees {
  readonly account: string;
  readonly allowed: readonly Grantee[];
  readonly conditional: readonly Grantee[];
}

export interface WhoCanAnswer {
  readonly accounts: readonly Grantees[];
  /** Services, identity providers, other accounts and anybody, as far as the resource's side lets them. */
  readonly outside: readonly (Grantee & { readonly decision: Decision })[];
}

/** How many conditional principals get their conditions in words; the rest can be asked about one by one. */
const mostExplained = 2000;

/** Asks all principals that are loaded. Pure. */
export function answerWhoCan(question: WhoCanQuestion, loaded: LoadedOrganisation): WhoCanAnswer {
  const { resource, action, resourceAccount } = question;
  const { organisation } = loaded;
  const { library } = organisation;
  const sources = [resource.policy, resource.accessPointPolicy].filter((source) => source !== undefined);
  const context = {
    values: {
      ...resourceContext(question.organization, question.ownerPlace),
      ...resourceTagContext(resource.tags),
      ...resource.context,
      ...question.context,
    },
    present: [...loaded.unread, ...unreadKeys(sources)],
    complete: false,
  };
  const resourcePolicy =
    resource.policy && library.intern(resource.policy.text, resource.policy.kind, resourceAccount.id);
  const asked = { action, resource: resource.arn, resourceAccount: resourceAccount.id, context };
  const found = whoCan(organisation, { ...asked, resourcePolicy, s3: resource.s3, kmsGrants: resource.kmsGrants });
  const compiled = {
    ...noCompiledPolicies,
    resource: resourcePolicy,
    resourceControl: resourceAccount.resourceControl,
    resourceInManagementAccount: resourceAccount.isManagement,
    s3: resource.s3,
    kmsGrants: resource.kmsGrants,
  };
  const explainer = new Explainer({ ...asked, principal: { kind: 'anonymous' } }, question, loaded, compiled);
  const inside = new Map(organisation.accounts.map((account) => [account.id, account]));
  const groups = new Map<string, { allowed: Grantee[]; conditional: Grantee[] }>();
  const groupOf = (id: string): { allowed: Grantee[]; conditional: Grantee[] } => {
    const group = groups.get(id) ?? { allowed: [], conditional: [] };
    groups.set(id, group);
    return group;
  };
  const place = accountFinder(organisation.accounts);
  for (const number of found.allowed) {
    const kind = organisation.kindOf(number);
    groupOf(place(number).id).allowed.push({ principal: organisation.arnOf(number), kind, conditions: [] });
  }
  for (const number of found.conditional) {
    const account = place(number);
    const principal = organisation.arnOf(number);
    const kind = organisation.kindOf(number);
    const answer = explainer.ofMember(number, account);
    if (answer?.decision === 'allowed') groupOf(account.id).allowed.push({ principal, kind, conditions: [] });
    else if (answer === undefined || answer.decision === 'conditional') {
      groupOf(account.id).conditional.push({ principal, kind, conditions: conditionWords(answer?.condition) });
    }
  }
  const outside: WhoCanAnswer['outside'][number][] = [];
  for (const { principal: text } of found.others) {
    const principal = text === '*' ? ({ kind: 'anonymous' } as const) : parsePrincipal(text);
    if (principal === undefined) continue;
    const home = isInAccount(principal) ? inside.get(principal.account) : undefined;
    const answer = explainer.ofOther(principal, home);
    if (answer.decision !== 'allowed' && answer.decision !== 'conditional') continue;
    const grantee = { principal: text, kind: kindOf(principal, home), conditions: conditionWords(answer.condition) };
    if (home === undefined) outside.push({ ...grantee, decision: answer.decision });
    else groupOf(home.id)[answer.decision].push(grantee);
  }
  const accounts = [...groups]
    .filter(([, { allowed, conditional }]) => allowed.length + conditional.length > 0)
    .map(([account, group]) => ({ account, ...group }));
  return { accounts: accounts.sort((a, b) => (a.account < b.account ? -1 : 1)), outside };
}

function accountFinder(accounts: readonly Account[]): (number: number) => Account {
  let last = accounts[0];
  return (number) => {
    if (last === undefined || number < last.first || number >= last.end) {
      last = accounts.find((account) => number >= account.first && number < account.end) ?? accounts[0];
    }
    return last as Account;
  };
}

function kindOf(principal: Principal, home: Account | undefined): Grantee['kind'] {
  if (principal.kind === 'anonymous') return 'anybody';
  if (principal.kind === 'service' || principal.kind === 'federated') return principal.kind;
  if (principal.kind === 'root') return home === undefined ? 'account' : 'root';
  return principal.kind;
}

const everything = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { name: 'everything', kind: 'identity' },
);

/** Decides single principals again, with their conditions. */
class Explainer {
  readonly #asked: AccessRequest;
  readonly #question: WhoCanQuestion;
  readonly #loaded: LoadedOrganisation;
  readonly #compiled: typeof noCompiledPolicies;
  readonly #resource: readonly PolicyDocument[];
  #left = mostExplained;

  constructor(
    asked: AccessRequest,
    question: WhoCanQuestion,
    loaded: LoadedOrganisation,
    compiled: typeof noCompiledPolicies,
  ) {
    this.#asked = asked;
    this.#question = question;
    this.#loaded = loaded;
    this.#compiled = compiled;
    const { policy, accessPointPolicy } = question.resource;
    this.#resource = [policy, accessPointPolicy].flatMap((source) =>
      source === undefined ? [] : [documentOf(source)],
    );
  }

  /** Undefined when too many have been explained. */
  ofMember(number: number, account: Account): Answer | undefined {
    const { organisation, tagsUnread } = this.#loaded;
    const arn = organisation.arnOf(number);
    const principal = parsePrincipal(arn);
    if (principal === undefined || this.#left === 0) return undefined;
    this.#left -= 1;
    const { identity, permissionsBoundary } = organisation.attachmentsOf(number);
    const policies = this.#policies(account, { identity, permissionsBoundary });
    const documents = [...policies.identity, ...this.#resource, ...policies.serviceControl.flat()];
    const type = organisation.kindOf(number) === 'user' ? 'user' : 'role';
    const known = tagsUnread.has(arn) ? undefined : (organisation.tagsOf(number) ?? {});
    const tags = principalTagContext(type, known, documents);
    return evaluate(this.#request(principal, { ...account.context, ...tags }), policies);
  }

  /** The root user of an account of ours, or somebody from outside who has all permissions at home. */
  ofOther(principal: Principal, home: Account | undefined): Answer {
    const policies = {
      ...this.#policies(home, { identity: [], permissionsBoundary: undefined }),
      identity: [everything],
      session: [everything],
    };
    const documents = [...this.#resource, ...policies.resourceControl.flat()];
    const outside = isInAccount(principal) ? outsideContext(this.#question.organization, documents) : anonymousContext;
    return evaluate(this.#request(principal, home?.context ?? outside), policies);
  }

  #policies(
    account: Account | undefined,
    own: Pick<typeof noCompiledPolicies, 'identity' | 'permissionsBoundary'>,
  ): Policies {
    const compiled = {
      ...this.#compiled,
      ...own,
      serviceControl: account?.serviceControl ?? [],
      principalInManagementAccount: account?.isManagement ?? false,
    };
    return bindPolicies(compiled, account?.id ?? '', this.#question.resourceAccount.id);
  }

  #request(principal: Principal, values: AccessRequest['context']['values']): AccessRequest {
    const { context } = this.#asked;
    return { ...this.#asked, principal, context: { ...context, values: { ...values, ...context.values } } };
  }
}
