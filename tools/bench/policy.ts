// Speed of the policy engine: all actions of a principal, one decision, and a whole organisation. Figures in
// microseconds are of processor time; those of the organisation are given as elapsed time too.
//   npm run -s bench -- policy [--accounts 1000] [--principals 1000] [--documents 20000] [--rounds 2000]
//   node tools/bench/policy.ts          prints the same figures

import { universeSize } from '../../src/features/identity/actions/action-index.ts';
import { wordsFor } from '../../src/features/identity/actions/bitset.ts';
import { decide } from '../../src/features/identity/compiled/decide.ts';
import { ActionAnalysis } from '../../src/features/identity/compiled/effective-actions.ts';
import { PolicyLibrary } from '../../src/features/identity/compiled/library.ts';
import { PolicyOrganisation } from '../../src/features/identity/compiled/organisation.ts';
import { whoCan, type AccessQuestion } from '../../src/features/identity/compiled/who-can.ts';
import { noCompiledPolicies } from '../../src/features/identity/compiled/compiled-policies.ts';
import { parsePrincipal } from '../../src/features/identity/policy/principal.ts';
import { evaluate } from '../../src/features/identity/policy/evaluate.ts';
import { principalUnderTest } from './policy/principal.ts';
import { accountId, makeAccount, type OrganisationSize } from './policy/organisation.ts';

export const name = 'policy';

export async function run(given: Readonly<Record<string, string>>): Promise<{
  options: Record<string, unknown>;
  figures: Record<string, unknown>;
  limit: Record<string, unknown>;
}> {
  const size: OrganisationSize = {
    accounts: Number(given['accounts'] ?? 1000),
    principals: Number(given['principals'] ?? 1000),
    ownDocuments: Number(given['documents'] ?? 20_000),
  };
  const rounds = Number(given['rounds'] ?? 2000);
  const single = singleFigures(rounds);
  const organisation = organisationFigures(size);
  const words = wordsFor(universeSize());
  return {
    options: { ...size, rounds },
    figures: { ...single.figures, organisation: organisation.figures },
    limit: {
      allActionsMicros: {
        bound: single.boundMicros,
        why: `reading the sets of the ${single.layers} layers once (${words} words each) and writing the result, at the speed of a plain loop`,
      },
      organisationMs: {
        bound: organisation.boundMs,
        why: 'JSON.parse of every distinct document once, and one pass over all policy text',
      },
    },
  };
}

/** Milliseconds of processor time that this thread has used: the machine may be busy with other things. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The mean processor time of one call in microseconds, over at least `rounds` calls and 400 ms: the clock is coarse. */
function meanMicros(rounds: number, call: () => unknown): number {
  for (let i = 0; i < rounds; i += 1) call();
  const began = cpuMs();
  let calls = 0;
  let spent = 0;
  while (spent < 400) {
    for (let i = 0; i < rounds; i += 1) call();
    calls += rounds;
    spent = cpuMs() - began;
  }
  return round((spent * 1000) / calls);
}

const round = (value: number): number => Number(value.toFixed(2));

function singleFigures(rounds: number): {
  figures: Record<string, number>;
  boundMicros: number;
  layers: number;
} {
  const { compiled, policies, request, layers } = principalUnderTest();
  const analysis = new ActionAnalysis({ resources: '*' });
  // The policies of the principal's side; a resource's policy belongs to single questions.
  const own = { ...compiled, resource: undefined };
  const ask = (from: ActionAnalysis): unknown =>
    from.effectiveActions(request.principal, own, { values: {}, complete: false });
  const fresh = (): unknown => ask(new ActionAnalysis({ resources: '*' }));
  return {
    figures: {
      allActionsMicros: meanMicros(rounds, () => ask(analysis)),
      allActionsFromStatementsMicros: meanMicros(rounds, fresh),
      decisionMicros: meanMicros(rounds, () => evaluate(request, policies)),
      compiledDecisionMicros: meanMicros(rounds, () => decide(request, compiled)),
    },
    boundMicros: boundMicros(layers, rounds),
    layers,
  };
}

/** The least time in which as many sets can be put together by a plain loop. */
function boundMicros(layers: number, rounds: number): number {
  const sets = Array.from({ length: layers }, () => new Uint32Array(wordsFor(universeSize())).fill(0xf0f0f0f0));
  const result = new Uint32Array(wordsFor(universeSize()));
  const [a, b, c, d, e, f, g] = sets as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  return meanMicros(rounds, () => {
    for (let i = 0; i < result.length; i += 1) {
      result[i] = a[i]! & b[i]! & c[i]! & d[i]! & e[i]! & f[i]! & ~g[i]!;
    }
    return result;
  });
}

function organisationFigures(size: OrganisationSize): { figures: Record<string, unknown>; boundMs: number } {
  const library = new PolicyLibrary();
  const organisation = new PolicyOrganisation(library);
  let internMs = 0;
  let internCpuMs = 0;
  let characters = 0;
  let texts = 0;
  for (let index = 0; index < size.accounts; index += 1) {
    const made = makeAccount(index, size);
    characters += made.characters;
    for (const principal of made.principals)
      texts += principal.identity.length + (principal.permissionsBoundary ? 1 : 0);
    const began = [performance.now(), cpuMs()] as const;
    organisation.addAccount(made.input, made.principals);
    internMs += performance.now() - began[0];
    internCpuMs += cpuMs() - began[1];
  }
  const { boundMs } = parseBound(library, characters);
  const answers = questions(size, library).map((asked) => {
    const began = [performance.now(), cpuMs()] as const;
    const { allowed, conditional, decidedSingly } = whoCan(organisation, asked);
    return {
      ms: round(performance.now() - began[0]),
      cpuMs: round(cpuMs() - began[1]),
      allowed: allowed.length,
      conditional: conditional.length,
      decidedSingly,
    };
  });
  const everyone = allActionsOf(organisation, 20);
  return {
    figures: {
      allActionsOfEachMicros: everyone,
      principals: organisation.size,
      policyTexts: texts,
      policyMegabytes: round(characters / 1e6),
      ...library.sizes,
      attachments: organisation.attachments.length,
      parseInternCompileMs: Math.round(internMs),
      parseInternCompileCpuMs: Math.round(internCpuMs),
      whoCanMs: Math.max(...answers.map((answer) => answer.ms)),
      whoCanCpuMs: Math.max(...answers.map((answer) => answer.cpuMs)),
      whoCan: answers,
      rssMb: Math.round(process.memoryUsage.rss() / 1e6),
    },
    boundMs,
  };
}

/** The mean processor time for all actions of one principal, over all those of some accounts. */
function allActionsOf(organisation: PolicyOrganisation, accounts: number): number {
  const analysis = new ActionAnalysis({ resources: '*' });
  let asked = 0;
  const began = cpuMs();
  for (const account of organisation.accounts.slice(-accounts)) {
    const context = { values: account.context, complete: false };
    const guards = { serviceControl: account.serviceControl, resourceControl: account.resourceControl };
    for (let number = account.first; number < account.end; number += 1) {
      const principal = parsePrincipal(organisation.arnOf(number));
      if (principal === undefined) continue;
      const policies = { ...noCompiledPolicies, ...guards, ...organisation.attachmentsOf(number) };
      analysis.effectiveActions(principal, policies, context);
      asked += 1;
    }
  }
  return round(((cpuMs() - began) * 1000) / Math.max(1, asked));
}

/** Parsing what is distinct and reading all text once, without doing anything with it. */
function parseBound(library: PolicyLibrary, characters: number): { boundMs: number } {
  const sample = library.documents.slice(0, 2000).map(({ source }) => JSON.stringify(source.statements));
  const began = performance.now();
  for (const text of sample) JSON.parse(text);
  const parse = ((performance.now() - began) * library.documents.length) / Math.max(1, sample.length);
  const text = 'x'.repeat(1_000_000);
  const scan = performance.now();
  for (let i = 0; i < 20; i += 1) if (text.includes('y'.repeat(12 + (i % 2)))) throw new Error('unreachable');
  const pass = ((performance.now() - scan) / 20) * (characters / 1e6);
  return { boundMs: Math.round(parse + pass) };
}

function questions(size: OrganisationSize, library: PolicyLibrary): AccessQuestion[] {
  const owner = accountId(Math.min(1, size.accounts - 1));
  const context = { values: {}, complete: false };
  const bucket = (Principal: unknown, more: Record<string, unknown> = {}): AccessQuestion => ({
    action: 's3:GetObject',
    resource: `arn:aws:s3:::shared-landing0/data`,
    resourceAccount: owner,
    resourcePolicy: library.intern(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal, Action: 's3:Get*', Resource: 'arn:aws:s3:::shared-landing0/*', ...more },
        ],
      }),
      'resource',
      owner,
    ),
    context,
  });
  return [
    bucket({ AWS: [owner] }),
    bucket({ AWS: Array.from({ length: size.accounts }, (_, i) => accountId(i)) }),
    bucket('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
    bucket('*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app/role-1*' } } }),
    {
      action: 'logs:PutLogEvents',
      resource: `arn:aws:logs:eu-west-1:${owner}:log-group:x`,
      resourceAccount: owner,
      context,
    },
  ];
}

if (import.meta.main) {
  const { options, figures, limit } = await run({});
  process.stdout.write(`${JSON.stringify({ bench: name, options, figures, limit }, null, 2)}\n`);
}
