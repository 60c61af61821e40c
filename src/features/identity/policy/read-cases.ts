// From the text of a case file to cases, each fault with the key it is at.

import { policyCaseSchema } from './case-format.ts';
import type { PolicyCase } from './case-format.ts';
import { duplicatedKeys, parseJsonText } from './json-text.ts';

/** A case file may hold many cases and, in them, hostile policies; the policies have bounds of their own. */
const limits = { textLength: 64 * 1024 * 1024, depth: 512 } as const;
const mostCases = 100_000;

/** What is wrong with a file, and at which key (empty: the file as a whole). */
export interface CaseFault {
  readonly key: string;
  readonly message: string;
}

export interface CaseFile {
  readonly cases: readonly { readonly key: string; readonly case: PolicyCase }[];
  readonly faults: readonly CaseFault[];
}

/** Reads one case or a list of cases. Sound cases are returned beside the faults of the others. */
export function readCases(text: string): CaseFile {
  const parsed = parseJsonText(text, limits);
  if ('fault' in parsed) {
    return { cases: [], faults: [{ key: '', message: `not JSON: ${parsed.fault} (character ${parsed.at})` }] };
  }
  const single = !Array.isArray(parsed.value);
  const list: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  if (list.length > mostCases) return { cases: [], faults: [{ key: '', message: `more than ${mostCases} cases` }] };
  const cases: { key: string; case: PolicyCase }[] = [];
  const faults: CaseFault[] = [];
  for (const [index, item] of list.entries()) {
    const key = single ? '' : `[${index}]`;
    const result = policyCaseSchema.safeParse(item);
    const repeated = repeatedKeys(item, key);
    faults.push(...repeated);
    if (result.success && repeated.length === 0) cases.push({ key, case: result.data });
    else if (!result.success) faults.push(...result.error.issues.map((issue) => describe(issue, key)));
  }
  return { cases, faults };
}

function describe(issue: { path: readonly PropertyKey[]; message: string }, key: string): CaseFault {
  const path = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return { key: `${key}${path}`.replace(/^\./, ''), message: issue.message };
}

/** Keys of the case itself given twice; those inside policies are the policy parser's business. */
function repeatedKeys(item: unknown, key: string): CaseFault[] {
  const faults: CaseFault[] = [];
  const check = (value: unknown, place: string): void => {
    if (value === null || typeof value !== 'object') return;
    for (const name of duplicatedKeys(value)) {
      faults.push({ key: `${place}.${name}`.replace(/^\./, ''), message: 'given more than once' });
    }
  };
  check(item, key);
  if (item === null || typeof item !== 'object') return faults;
  const { request, settings, expect } = item as Record<string, unknown>;
  for (const [name, value] of Object.entries({ request, settings, expect })) check(value, `${key}.${name}`);
  if (request !== null && typeof request === 'object') {
    check((request as Record<string, unknown>)['context'], `${key}.request.context`);
  }
  return faults;
}
