import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionNumber } from '../actions/action-index.ts';
import { hasBit } from '../actions/bitset.ts';
import { readCase } from '../policy/case-request.ts';
import { evaluate } from '../policy/evaluate.ts';
import { resourceAccountOf } from '../policy/judge-resource.ts';
import { readCases } from '../policy/read-cases.ts';
import { compilePolicies } from './compiled-policies.ts';
import { decide } from './decide.ts';
import { ActionAnalysis } from './effective-actions.ts';
import { PolicyLibrary } from './library.ts';

const folder = join(import.meta.dirname, '../policy/cases');
const files = globSync('**/*.json', { cwd: folder }).sort();

/** What the compiled evaluator may leave open, since it does not see that conditions exclude or complete each other. */
function isNearly(explained: string, compiled: string): boolean {
  return (
    explained === compiled ||
    compiled === 'conditional' ||
    (explained === 'explicit-deny' && compiled === 'implicit-deny')
  );
}

test.each(files)('%s: the compiled evaluator decides alike, singly and for all actions at once', (file) => {
  const library = new PolicyLibrary();
  for (const { case: given } of readCases(readFileSync(join(folder, file), 'utf8')).cases) {
    const { request, policies } = readCase(given);
    const explained = evaluate(request, policies).decision;
    const compiled = compilePolicies(library, policies);
    const single = decide(request, compiled);
    expect([given.name, isNearly(explained, single) ? explained : single]).toEqual([given.name, explained]);
    const number = actionNumber(request.action.toLowerCase());
    if (number === undefined) continue;
    const question = {
      resources: request.resource,
      resourceAccount: resourceAccountOf(request),
      withoutResource: true,
    };
    const sets = new ActionAnalysis(question).effectiveActions(request.principal, compiled, request.context);
    const found = hasBit(sets.allowed, number)
      ? 'allowed'
      : hasBit(sets.conditional, number)
        ? 'conditional'
        : 'denied';
    const wanted = single.endsWith('deny') ? 'denied' : single;
    expect([given.name, found]).toEqual([given.name, wanted]);
  }
});
