// Ways out of a boundary, and ways to more than a policy seems to give. The routes are data: `escape-routes.json`.

import type { PolicyDocument } from '../../policy/document.ts';
import type { Evidence, Rule } from '../contract.ts';
import { sampleAccount, samplePrincipal } from '../samples.ts';
import table from './escape-routes.json' with { type: 'json' };

interface Route {
  readonly code: string;
  readonly kinds: readonly string[];
  readonly shows: string;
  readonly message: string;
  readonly requests: readonly {
    readonly action: string;
    readonly resource: string;
    readonly context?: Readonly<Record<string, string | undefined>>;
  }[];
}

const routes: readonly Route[] = table.routes;

const probes = [
  'iam:CreateUser',
  's3:DeleteBucket',
  'ec2:TerminateInstances',
  'kms:ScheduleKeyDeletion',
  'organizations:LeaveOrganization',
];

export const escapes: Rule = function* ({ document, ask }) {
  if (document.kind !== 'identity' && document.kind !== 'permissions-boundary') return;
  const boundary = boundaryOf(document);
  const put = (
    shows: string,
    action: string,
    resource: string,
    context: Readonly<Record<string, string | undefined>> = {},
  ): Evidence => {
    const values = Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key, [fill(value ?? '', boundary)]]),
    );
    const sessionName = 'example';
    return ask(shows, {
      principal: samplePrincipal,
      sessionName,
      action,
      resource: fill(resource, boundary),
      resourceAccount: sampleAccount,
      context: values,
    });
  };
  if (document.kind === 'identity') {
    const admin = probes.map((action) => put('anything is allowed', action, '*'));
    if (admin.every(({ decision }) => decision === 'allowed')) {
      const message = 'The policy allows everything on everything: whoever has it is an administrator of the account.';
      yield { code: 'full-admin', place: placeOf(document, admin[0]), message, evidence: admin.slice(0, 2) };
      return;
    }
  }
  for (const route of routes) {
    if (!route.kinds.includes(document.kind)) continue;
    const open = route.requests
      .map(({ action, resource, context }) => put(route.shows, action, resource, context))
      .filter(({ decision }) => decision === 'allowed');
    if (open.length === 0) continue;
    const actions = [...new Set(open.map(({ question }) => question.action))].join(', ');
    yield {
      code: route.code,
      place: placeOf(document, open[0]),
      message: `${route.message} (${actions}).`,
      evidence: open,
    };
  }
};

function fill(text: string, boundary: string): string {
  return text.replaceAll('{boundary}', boundary).replaceAll('{account}', sampleAccount);
}

/** The boundary's own ARN, as far as the document tells: the one that its conditions demand. */
function boundaryOf(document: PolicyDocument): string {
  const values = document.statements.flatMap(({ conditions }) =>
    conditions.filter(({ key }) => key.toLowerCase() === 'iam:permissionsboundary').flatMap((one) => one.values),
  );
  return values.find((value) => /^arn:[^*?$]+$/.test(value)) ?? `arn:aws:iam::${sampleAccount}:policy/this-boundary`;
}

function placeOf(document: PolicyDocument, evidence: Evidence | undefined): string {
  const names = evidence?.statements ?? [];
  return document.statements.find(({ sid, place }) => names.includes(sid ?? place))?.place ?? '';
}
