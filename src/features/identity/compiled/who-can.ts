// Who in an organisation may do one thing to one resource. What is the same for all principals of a kind in an account,
// and for all with the same documents, is worked out once; only those for whom that leaves something open, and those
// whom the resource's policies name, are decided one by one.

import { parseArn } from '../../../domain/arn.ts';
import { actionNumber } from '../actions/action-index.ts';
import type { Decision } from '../policy/answer.ts';
import type { ContextInput } from '../policy/context.ts';
import { targetOf } from '../policy/judge-resource.ts';
import type { AccessRequest, Policies } from '../policy/policies.ts';
import { isInAccount, parsePrincipal, type Principal } from '../policy/principal.ts';
import { classContext } from './class-context.ts';
import { decisionOf, granted } from './combine.ts';
import { noCompiledPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { decide, judgeGuards } from './decide.ts';
import { allowIn, denyIn, DocumentAnswers } from './document-answers.ts';
import type { Question } from './judge.ts';
import type { CompiledDocument } from './compiled-document.ts';
import { NamedPrincipals, principalEntries } from './named-principals.ts';
import { anyPrincipal, type Account, type PolicyOrganisation, type PrincipalKind } from './organisation.ts';
import { judgeResource } from './resource-findings.ts';
import { needsNoPermission } from '../policy/callers.ts';
import { both, either, maybe, no, yes, type Tri } from './tri.ts';

export interface AccessQuestion {
  readonly action: string;
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** Interned for that account. */
  readonly resourcePolicy?: CompiledDocument | undefined;
  readonly s3?: Policies['s3'];
  readonly kmsGrants?: Policies['kmsGrants'];
  /** What is known about the requests, whoever makes them. */
  readonly context: ContextInput;
}

export interface WhoCan {
  /** Users and roles that may, by their numbers in the organisation. */
  readonly allowed: readonly number[];
  /** Users and roles that may under conditions which could not be decided. */
  readonly conditional: readonly number[];
  /**
   * Root users, and whoever else the resource's policies name that is no user or role of the organisation, where they may. A principal of a
   * foreign account may as far as the resource's side says; its own account has a say of its own.
   */
  readonly others: readonly { readonly principal: string; readonly decision: Decision }[];
  /** Accounts whose principals could not be read: of them nothing is known. */
  readonly unknownAccounts: readonly string[];
  /** How many users and roles were decided one by one. */
  readonly decidedSingly: number;
}

/** Answers the question for every user and role of the organisation, and for whoever else the resource names. */
export function whoCan(organisation: PolicyOrganisation, asked: AccessQuestion): WhoCan {
  const owner = organisation.accounts.find((account) => account.id === asked.resourceAccount);
  const resource: CompiledPolicies = {
    ...noCompiledPolicies,
    resource: asked.resourcePolicy,
    resourceControl: owner?.resourceControl ?? [],
    resourceInManagementAccount: owner?.isManagement ?? false,
    s3: asked.s3 ?? noCompiledPolicies.s3,
    kmsGrants: asked.kmsGrants ?? [],
  };
  const entries = principalEntries(resource, asked.resourceAccount);
  const search = new Search(organisation, asked, resource, new NamedPrincipals(entries));
  for (const account of organisation.accounts) search.visit(account);
  const outside = entries.flatMap((entry) => {
    const text = entry.kind === 'everyone' ? '*' : entry.value;
    const principal = entry.kind === 'CanonicalUser' ? undefined : parsePrincipal(text);
    return principal === undefined ? [] : [{ principal, account: homeOf(principal, organisation) }];
  });
  for (const { principal, account } of outside) {
    // Users, roles and root users of the organisation's accounts are asked already.
    if (account === undefined || principal.kind === 'federated-user') search.decideOther(principal, account);
  }
  const { allowed, conditional, others, decidedSingly } = search;
  const unknownAccounts = organisation.accounts.filter(({ readable }) => !readable).map(({ id }) => id);
  return { allowed, conditional, others, decidedSingly, unknownAccounts };
}

/** The account of the organisation whose policies limit the principal. */
function homeOf(principal: Principal, organisation: PolicyOrganisation): Account | undefined {
  return isInAccount(principal) ? organisation.accounts.find(({ id }) => id === principal.account) : undefined;
}

const tris: readonly Tri[] = [no, maybe, yes];

/** What holds for all principals of one kind in one account. */
interface PrincipalClass {
  readonly kind: PrincipalKind;
  readonly question: Question;
  readonly answers: DocumentAnswers;
  /** The decision for every allow, boundary and deny that documents may come to. */
  readonly decisions: readonly Decision[];
  /** The action needs no permission. */
  readonly free: boolean;
  /** Nobody of the class may, whatever policies he has. */
  readonly hopeless: boolean;
}

class Search {
  readonly allowed: number[] = [];
  readonly conditional: number[] = [];
  readonly others: { principal: string; decision: Decision }[] = [];
  decidedSingly = 0;
  readonly #organisation: PolicyOrganisation;
  readonly #asked: AccessQuestion;
  readonly #resource: CompiledPolicies;
  readonly #named: NamedPrincipals;
  readonly #answers = new Map<PrincipalKind, DocumentAnswers>();

  constructor(
    organisation: PolicyOrganisation,
    asked: AccessQuestion,
    resource: CompiledPolicies,
    named: NamedPrincipals,
  ) {
    this.#organisation = organisation;
    this.#asked = asked;
    this.#resource = resource;
    this.#named = named;
  }

  visit(account: Account): void {
    const organisation = this.#organisation;
    const policies = this.#policiesIn(account);
    const classes = new Map<PrincipalKind, PrincipalClass>();
    const anybodyNamed = this.#named.in(account.id);
    for (let principal = account.first; principal < account.end; principal += 1) {
      const kind = organisation.kindOf(principal);
      let members = classes.get(kind);
      if (members === undefined) classes.set(kind, (members = this.#classOf(kind, account, policies)));
      const named = anybodyNamed && this.#named.has(organisation.arnOf(principal), account.id);
      if (members.hopeless && !named) continue;
      const decision = named || members.free ? 'conditional' : this.#decideMember(principal, account, members);
      this.#note(principal, decision === 'conditional' ? this.#decideSingly(principal, account, policies) : decision);
    }
    const root = parsePrincipal(account.id);
    if (root !== undefined && account.readable) this.decideOther(root, account);
  }

  #policiesIn(account: Account): CompiledPolicies {
    const { serviceControl, isManagement } = account;
    return { ...this.#resource, serviceControl, principalInManagementAccount: isManagement };
  }

  /**
   * Decides about somebody who is not a user or role of the organisation, and notes who may. What his own policies, and
   * those of a federated user's session, give him is not known: they count as giving all.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
   */
  decideOther(principal: Principal, account: Account | undefined): void {
    const policies = account === undefined ? this.#resource : this.#policiesIn(account);
    const full = this.#organisation.library.intern(everything, 'identity');
    const { context } = this.#asked;
    const request = {
      ...this.#asked,
      principal,
      context: { ...context, values: { ...account?.context, ...context.values } },
    };
    const decision = decide(request, { ...policies, identity: [full], session: [full] });
    if (decision === 'allowed' || decision === 'conditional')
      this.others.push({ principal: nameOf(principal), decision });
  }

  #note(principal: number, decision: Decision): void {
    if (decision === 'allowed') this.allowed.push(principal);
    else if (decision === 'conditional') this.conditional.push(principal);
  }

  #classOf(kind: PrincipalKind, account: Account, policies: CompiledPolicies): PrincipalClass {
    const { resource, resourceAccount, context } = this.#asked;
    const principal = anyPrincipal(kind, account.id, parseArn(resource)?.partition ?? 'aws');
    const action = this.#asked.action.toLowerCase();
    const values = { ...account.context, ...context.values };
    const question: Question = {
      principal,
      action,
      actionNumber: actionNumber(action),
      arn: targetOf({ ...this.#asked, principal }).arn,
      context: classContext(principal, action, resource, resourceAccount, { ...context, values }),
      // Only NotPrincipal asks for it, which never spares anybody whom it does not name.
      hasBoundary: false,
    };
    const sameAccount = account.id === resourceAccount;
    const free = needsNoPermission(principal, action);
    const guards = judgeGuards(policies, question);
    const side = judgeResource(policies, question, resourceAccount, sameAccount);
    const decisions = tris.flatMap((identity) =>
      tris.flatMap((boundary) =>
        tris.map((own) => {
          const grant = granted({ identity, boundary, session: yes, deny: own }, side, sameAccount);
          return decisionOf(either(own, either(guards.deny, side.deny)), both(guards.allow, grant));
        }),
      ),
    );
    const hopeless = !free && decisions.every((decision) => decision.endsWith('deny'));
    const answers = this.#answersFor(kind);
    answers.startClass();
    return { kind, question, answers, decisions, free, hopeless };
  }

  #answersFor(kind: PrincipalKind): DocumentAnswers {
    let answers = this.#answers.get(kind);
    if (answers === undefined) {
      answers = new DocumentAnswers(this.#organisation.library.documents.length);
      this.#answers.set(kind, answers);
    }
    return answers;
  }

  #decideMember(principal: number, account: Account, members: PrincipalClass): Decision {
    const organisation = this.#organisation;
    const { question, answers } = members;
    const attached = organisation.attached.at(principal);
    let allow: Tri = no;
    let deny: Tri = no;
    const first = organisation.starts.at(attached);
    const end = organisation.starts.at(attached + 1);
    for (let at = first; at < end; at += 1) {
      const id = organisation.documentIds.at(at);
      const answer = answers.common(id) ?? answers.of(organisation.library.documents[id]!, account.id, question);
      allow = either(allow, allowIn(answer));
      deny = either(deny, denyIn(answer));
    }
    let boundary: Tri = yes;
    const limit = organisation.boundaries.at(attached);
    if (limit !== -1) {
      const answer = answers.common(limit) ?? answers.of(organisation.library.documents[limit]!, account.id, question);
      boundary = allowIn(answer);
      deny = either(deny, denyIn(answer));
    }
    return members.decisions[allow * 9 + boundary * 3 + deny]!;
  }

  #decideSingly(number: number, account: Account, policies: CompiledPolicies): Decision {
    const organisation = this.#organisation;
    const principal = parsePrincipal(organisation.arnOf(number));
    if (principal === undefined) return 'conditional';
    this.decidedSingly += 1;
    const { context } = this.#asked;
    const tags = Object.entries(organisation.tagsOf(number) ?? {}).map(([key, value]) => [
      `aws:PrincipalTag/${key}`,
      [value],
    ]);
    const values = { ...account.context, ...(Object.fromEntries(tags) as typeof context.values), ...context.values };
    const request: AccessRequest = { ...this.#asked, principal, context: { ...context, values } };
    const { identity, permissionsBoundary } = organisation.attachmentsOf(number);
    return decide(request, { ...policies, identity, permissionsBoundary });
  }
}

const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

function nameOf(principal: Principal): string {
  if (principal.kind === 'service') return principal.name;
  if (principal.kind === 'federated') return principal.provider;
  return principal.kind === 'anonymous' ? '*' : principal.arn;
}
