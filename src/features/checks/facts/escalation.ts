// Ways to more permissions within policies, in the words of a judgement.

import { type Judgement, fail, notApplicable, pass, unknown } from '../../../domain/verdict.ts';
import { escalationsIn } from '../../identity/index.ts';
import type { CheckContext } from '../contract.ts';

/**
 * Judges that no policy of a list lets its holder get more than it says.
 * @param policies with what each is called in a sentence, for example `The inline policy "work"`
 */
export function judgeEscalation(
  policies: readonly { name: string; document: string }[],
  context: CheckContext,
): Judgement {
  const owner = { account: context.account.id, partition: context.partition };
  const unreadable: string[] = [];
  let administrators = 0;
  for (const { name, document } of policies) {
    const escalations = escalationsIn(document, owner);
    if (escalations.administrator) administrators += 1;
    else if (escalations.found.length > 0) {
      const ways = escalations.found.map(({ actions, conditions }) => `${actions.join(' with ')}${under(conditions)}`);
      const more = ways.length > mostWays ? ` and ${ways.length - mostWays} more` : '';
      return fail(`${name} allows ways to more permissions: ${ways.slice(0, mostWays).join('; ')}${more}.`);
    } else if (escalations.unreadable !== undefined) unreadable.push(`${name}: ${escalations.unreadable}`);
  }
  if (unreadable[0] !== undefined) return unknown(unreadable[0].slice(0, 500));
  if (administrators === policies.length)
    return notApplicable('It allows everything already, which is a finding of its own.');
  return pass('No statement lets its holder get more permissions than it says.');
}

const mostWays = 4;

function under(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` (if ${conditions.join(' and ').slice(0, 200)})`;
}
