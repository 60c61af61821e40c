// Judges security groups by the ports that they open to the world.

import type { SecurityGroupConfig, SecurityGroupRule } from '../../../domain/resources/ec2.ts';
import { fail, type Judgement, manual, pass } from '../../../domain/verdict.ts';
import { fromEverywhere, portsOf, sourceOf } from './open-ports.ts';

/**
 * Fails when an inbound rule from everywhere opens what `opens` recognises. A rule whose source is a prefix list needs a
 * person: what the list holds is not in the evidence.
 * @param what names the ports in a sentence, for example `port 22`
 */
export function judgeWorldOpenRules(
  group: SecurityGroupConfig,
  opens: (rule: SecurityGroupRule) => boolean,
  what: string,
): Judgement {
  const suspects = group.rules.filter((rule) => rule.direction === 'ingress' && opens(rule));
  const open = suspects.filter(fromEverywhere);
  if (open.length > 0) return fail(`Open to the world: ${open.slice(0, 5).map(phrase).join('; ')}${more(open)}.`);
  const listed = suspects.filter((rule) => rule.prefixListId !== null);
  if (listed.length > 0) {
    const lists = listed.slice(0, 5).map((rule) => `${rule.prefixListId} by rule ${rule.ruleId}`);
    return manual(`Opens ${what} to prefix list ${lists.join(', ')}: see whether the list holds 0.0.0.0/0 or ::/0.`);
  }
  return pass(`No inbound rule opens ${what} to 0.0.0.0/0 or ::/0.`);
}

function phrase(rule: SecurityGroupRule): string {
  const protocol = rule.protocol === '-1' ? 'all protocols' : rule.protocol;
  return `rule ${rule.ruleId} opens ${portsOf(rule)} (${protocol}) to ${sourceOf(rule)}`;
}

function more(rules: readonly unknown[]): string {
  return rules.length > 5 ? ` and ${rules.length - 5} more` : '';
}
