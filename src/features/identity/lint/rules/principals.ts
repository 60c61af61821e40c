// Policies of resources and roles that let in more than they seem to.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

import type { Statement } from '../../policy/document.ts';
import type { Question, Report, Rule, Subject } from '../contract.ts';
import { foreignAccount, sampleText } from '../samples.ts';
import { witness } from '../witness.ts';

export const principals: Rule = function* (subject) {
  const { kind, statements } = subject.document;
  if (kind !== 'resource' && kind !== 'trust') return;
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || statement.principals === undefined || statement.principals.not) continue;
    if (statement.principals.entries.some((entry) => entry.kind === 'everyone')) {
      const open = [...everyone(subject, statement)];
      yield* open.length > 0 ? open : anyAccount(subject, statement);
    }
    yield* services(subject, statement);
    yield* providers(subject, statement);
  }
};

/** Keys that say who asks, from where, or through which service: a stranger has others. */
const callerKeys =
  /^aws:(?:principal|source|userid|username|vpce|vpcsource|calledvia|viaawsservice|federatedprovider|multifactor)|:calleraccount$/i;

/** A witness request made by somebody else: nothing in its context is chosen to please the policy's tests of the caller. */
function stranger({ document }: Subject, statement: Statement, principal: string): Question | undefined {
  const found = witness(document, statement);
  if (found === undefined) return undefined;
  const context = Object.fromEntries(Object.entries(found.context).filter(([key]) => !callerKeys.test(key)));
  return { ...found, principal, sessionName: 'example', context: { ...context, 'aws:SourceIp': ['203.0.113.7'] } };
}

function* everyone(subject: Subject, statement: Statement): Iterable<Report> {
  const question = stranger(subject, statement, `arn:aws:iam::${foreignAccount}:role/example`);
  const evidence = question && subject.ask('a role of an account that nobody knows', question);
  if (evidence?.decision !== 'allowed') return;
  const message = 'Everybody is let in: any role of any account, if its own policies allow it.';
  yield { code: 'open-to-everyone', place: `${statement.place}/Principal`, message, evidence: [evidence] };
}

function* anyAccount(subject: Subject, statement: Statement): Iterable<Report> {
  for (const condition of statement.conditions) {
    if (condition.key.toLowerCase() !== 'aws:principalarn') continue;
    for (const value of condition.values) {
      const [, , , , account = '', ...resource] = value.split(':');
      if (!/[*?]/.test(account)) continue;
      const principal = `arn:aws:iam::${foreignAccount}:${sampleText(resource.join(':'))}`;
      const question = stranger(subject, statement, principal);
      const evidence = question && subject.ask('a principal of that name in an account that nobody knows', question);
      if (evidence?.decision !== 'allowed') continue;
      const message = `${JSON.stringify(value)} fits principals of that name in every account.`;
      yield { code: 'principal-arn-any-account', place: condition.place, message, evidence: [evidence] };
      return;
    }
  }
}

function* services(subject: Subject, statement: Statement): Iterable<Report> {
  const service = statement.principals?.entries.find((entry) => entry.kind === 'Service');
  if (subject.document.kind !== 'resource' || service === undefined || !('value' in service)) return;
  const question = stranger(subject, statement, service.value);
  if (question === undefined) return;
  const context = { ...question.context, 'aws:SourceAccount': [foreignAccount] };
  const evidence = subject.ask('the service, on behalf of an account that nobody knows', { ...question, context });
  if (evidence.decision !== 'allowed') return;
  const message = `${service.value} is let in whoever it acts for, other accounts too.`;
  yield { code: 'service-without-source', place: `${statement.place}/Principal`, message, evidence: [evidence] };
}

/** Providers that sign for everybody who has an account with them, and subjects that somebody else would have. */
const sharedProviders: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': 'repo:somebody-else/some-repository:ref:refs/heads/main',
  'gitlab.com': 'project_path:somebody-else/some-project:ref_type:branch:ref:main',
  'app.terraform.io': 'organization:somebody-else:project:some:workspace:some:run_phase:apply',
};

function* providers(subject: Subject, statement: Statement): Iterable<Report> {
  for (const entry of statement.principals?.entries ?? []) {
    if (entry.kind !== 'Federated') continue;
    const host = entry.value.split('oidc-provider/').at(-1) ?? '';
    const sub = sharedProviders[host];
    const found = sub && witness(subject.document, statement);
    if (!found) continue;
    const question = { ...found, principal: entry.value, context: { ...found.context, [`${host}:sub`]: [sub] } };
    const evidence = subject.ask('a job of somebody else at the same provider', question);
    if (evidence.decision !== 'allowed') continue;
    const message = `${host} signs for everybody who has an account there, and the policy lets all of them in.`;
    yield { code: 'oidc-any-subject', place: `${statement.place}/Principal`, message, evidence: [evidence] };
  }
}
