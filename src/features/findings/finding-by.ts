// The finding that a person names on the command line.

import { UsageError } from '../../domain/errors.ts';
import { type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import type { Store } from '../../platform/store/contract.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import type { FindingFilter, ReadScope, StoredFinding } from './contract.ts';
import { listFindings } from './query.ts';

/** The beginning of an id as a table shows it: at least six digits, and the ellipsis of what was cut. */
const beginning = /^(vf-[0-9a-f]{6,32})…?$/i;

/** Candidates that are told. */
const told = 10;

function filterOf(name: string): FindingFilter {
  const [, prefix] = beginning.exec(name) ?? [];
  if (prefix !== undefined) return { idPrefix: prefix.toLowerCase() };
  return name.startsWith('arn:') ? { resource: name } : { ids: [name] };
}

/**
 * The finding of a name: its id, at least `vf-` and six digits of it, or the ARN of a resource that has only one.
 * @throws UsageError when there is none, and when there are several, which it names
 */
export async function findingBy(
  environment: CommandEnvironment,
  store: Store,
  scope: ReadScope,
  name: string,
): Promise<StoredFinding> {
  const { findings } = await listFindings(store, scope, filterOf(name), { limit: told + 1 });
  const [first, second] = findings;
  const shown = sanitize(name, { maxLength: 200 });
  if (first === undefined) {
    throw new UsageError(`There is no finding "${shown}".`, {
      hint: `Run "${commandLine(environment, 'findings', 'list')}" to see their ids. The beginning of one is enough: vf- and six digits.`,
    });
  }
  if (second === undefined) return first;
  const candidates = findings
    .slice(0, told)
    .map(
      (one) => `${one.id}  ${one.severity}, ${one.state}: ${one.check}, ${sanitize(one.resource, { maxLength: 120 })}`,
    );
  const more = findings.length > told ? ['and more'] : [];
  throw new UsageError(`"${shown}" may mean several findings.`, {
    hint: ['Give the id of the one that you mean, or enough of it:', ...candidates, ...more].join('\n'),
  });
}
