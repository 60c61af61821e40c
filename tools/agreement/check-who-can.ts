// Holds who-can, which answers for whole classes of principals, against decisions about each of them.

import { decide } from '../../src/features/identity/compiled/decide.ts';
import { noCompiledPolicies } from '../../src/features/identity/compiled/compiled-policies.ts';
import { PolicyLibrary } from '../../src/features/identity/compiled/library.ts';
import { PolicyOrganisation, type PrincipalInput } from '../../src/features/identity/compiled/organisation.ts';
import { whoCan, type AccessQuestion } from '../../src/features/identity/compiled/who-can.ts';
import { policyCaseSchema } from '../../src/features/identity/policy/case-format.ts';
import { readCase } from '../../src/features/identity/policy/case-request.ts';
import { isRoleAssumption, resourceAccountOf } from '../../src/features/identity/policy/judge-resource.ts';
import { parsePrincipal } from '../../src/features/identity/policy/principal.ts';
import { seededRandom, type Random } from './random.ts';
import { accounts, drawPolicy, drawRequest, drawSettings } from './scenario.ts';

export interface WhoCanAgreement {
  principals: number;
  allowed: number;
  conditional: number;
  decidedSingly: number;
  different: number;
  differences: { seed: number; question: number; principal: string; held: string; decision: string }[];
}

/** Asks `questions` random organisations about a random resource each. */
export function checkWhoCan(questions: number, seed: number, keep = 5): WhoCanAgreement {
  const random = seededRandom(seed);
  const result: WhoCanAgreement = {
    principals: 0,
    allowed: 0,
    conditional: 0,
    decidedSingly: 0,
    different: 0,
    differences: [],
  };
  for (let question = 0; question < questions; question += 1) {
    const organisation = drawOrganisation(random);
    const asked = drawQuestion(random, organisation.library);
    const found = whoCan(organisation, asked);
    result.decidedSingly += found.decidedSingly;
    const [allowed, conditional] = [new Set(found.allowed), new Set(found.conditional)];
    for (let number = 0; number < organisation.size; number += 1) {
      const decision = decideFor(organisation, number, asked);
      const held = allowed.has(number) ? 'allowed' : conditional.has(number) ? 'conditional' : 'denied';
      result.principals += 1;
      if (held !== 'denied') result[held] += 1;
      if (held === (decision.endsWith('deny') ? 'denied' : decision)) continue;
      result.different += 1;
      const principal = organisation.arnOf(number);
      if (result.differences.length < keep) result.differences.push({ seed, question, principal, held, decision });
    }
  }
  return result;
}

function drawOrganisation(random: Random): PolicyOrganisation {
  const organisation = new PolicyOrganisation(new PolicyLibrary());
  const texts = (kind: 'identity' | 'guardrail' | 'resource-control', most: number): string[] =>
    Array.from({ length: random.below(most + 1) }, () => JSON.stringify(drawPolicy(random, kind)));
  const shared = texts('identity', 4);
  for (const account of accounts) {
    const principals = [
      'role/app',
      'role/path/ops',
      'user/alice',
      'user/bob',
      'role/aws-service-role/x/AWSServiceRoleForX',
    ];
    organisation.addAccount(
      {
        id: account,
        isManagement: random.chance(0.2),
        readable: true,
        context: random.chance(0.7) ? { 'aws:PrincipalOrgID': ['o-exampleorgid'] } : {},
        serviceControl: random.chance(0.5) ? [texts('guardrail', 2), texts('guardrail', 2)] : [],
        resourceControl: random.chance(0.4) ? [texts('resource-control', 2)] : [],
      },
      principals.map((name): PrincipalInput => {
        const [boundary] = random.chance(0.25) ? [JSON.stringify(drawPolicy(random, 'identity'))] : [];
        return {
          arn: `arn:aws:iam::${account}:${name}`,
          identity: [...texts('identity', 2), ...random.some(shared, 0, 1)].filter(Boolean),
          ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
          tags: random.chance(0.5) ? { team: random.pick(['red', 'blue']) } : {},
        };
      }),
    );
  }
  return organisation;
}

function drawQuestion(random: Random, library: PolicyLibrary): AccessQuestion {
  const drawn = drawRequest(random);
  const settings = random.chance(0.3) ? drawSettings(random) : null;
  const { request, policies } = readCase(policyCaseSchema.parse({ name: 'random', ...drawn, settings }));
  const resourceAccount = resourceAccountOf(request) ?? accounts[0];
  const kind = isRoleAssumption(request.action) ? 'trust' : 'resource';
  const policy = random.chance(0.7) ? JSON.stringify(drawPolicy(random, 'resource')) : undefined;
  return {
    action: request.action,
    resource: request.resource,
    resourceAccount,
    resourcePolicy: policy === undefined ? undefined : library.intern(policy, kind, resourceAccount),
    s3: policies.s3,
    kmsGrants: policies.kmsGrants,
    context: request.context,
  };
}

function decideFor(organisation: PolicyOrganisation, number: number, asked: AccessQuestion): string {
  const account = organisation.accounts.find(({ first, end }) => number >= first && number < end);
  const owner = organisation.accounts.find(({ id }) => id === asked.resourceAccount);
  const principal = parsePrincipal(organisation.arnOf(number));
  if (account === undefined || principal === undefined) throw new Error('The organisation has no such principal.');
  const tags = Object.entries(organisation.tagsOf(number) ?? {}).map(([key, value]) => [
    `aws:PrincipalTag/${key}`,
    [value],
  ]);
  const values = { ...account.context, ...Object.fromEntries(tags), ...asked.context.values };
  return decide(
    { ...asked, principal, context: { ...asked.context, values } },
    {
      ...noCompiledPolicies,
      ...organisation.attachmentsOf(number),
      resource: asked.resourcePolicy,
      s3: asked.s3 ?? noCompiledPolicies.s3,
      kmsGrants: asked.kmsGrants ?? [],
      serviceControl: account.serviceControl,
      resourceControl: owner?.resourceControl ?? [],
      principalInManagementAccount: account.isManagement,
      resourceInManagementAccount: owner?.isManagement ?? false,
    },
  );
}
