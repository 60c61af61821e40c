// Judges security groups by the ports that they open to the world.

import type { SecurityGroupConfig, SecurityGroupRule } from '../../../domain/resources/ec2.ts';
import { fail, type Judgement, manual, pass } from '../../../domain/verdict.ts';
import { fromEverywhere, type PortRule, portsOf, sourceOf } from './open-ports.ts';
import { openedTogether, type SharedOpening } from './opened-together.ts';

/**
 * Fails when an inbound rule from everywhere opens what `opens` recognises, or several rules do whose ranges make up every
 * address. A rule whose source is a prefix list needs a person: what the list holds is not in the evidence.
 * @param what names the ports in a sentence, for example `port 22`
 */
export function judgeWorldOpenRules(
  group: SecurityGroupConfig,
  opens: (rule: PortRule) => boolean,
  what: string,
): Judgement {
  const inbound = group.rules.filter((rule) => rule.direction === 'ingress');
  const suspects = inbound.filter(opens);
  const open = [
    ...suspects.filter(fromEverywhere).map(phrase),
    ...openedTogether(inbound).filter(opens).map(phraseTogether),
  ];
  if (open.length > 0) return fail(`Open to the world: ${open.slice(0, mostNamed).join('; ')}${more(open)}.`);
  const listed = suspects.filter((rule) => rule.prefixListId !== null);
  if (listed.length > 0) {
    const lists = listed.slice(0, mostNamed).map((rule) => `${rule.prefixListId} by rule ${rule.ruleId}`);
    return manual(`Opens ${what} to prefix list ${lists.join(', ')}: see whether the list holds 0.0.0.0/0 or ::/0.`);
  }
  return pass(`No inbound rule opens ${what} to 0.0.0.0/0 or ::/0.`);
}

const mostNamed = 5;

function phrase(rule: SecurityGroupRule): string {
  return `rule ${rule.ruleId} opens ${portsAndSource(rule)}`;
}

function phraseTogether(opening: SharedOpening<SecurityGroupRule>): string {
  const ids = opening.rules.map(({ ruleId }) => ruleId);
  return `rules ${ids.slice(0, mostNamed).join(', ')}${more(ids)} together open ${portsAndSource(opening)}`;
}

function portsAndSource(rule: PortRule): string {
  const protocol = rule.protocol === '-1' ? 'all protocols' : rule.protocol;
  const source = sourceOf(rule);
  const whole = source.endsWith('/0') ? '' : ', the whole IPv6 internet';
  return `${portsOf(rule)} (${protocol}) to ${source}${whole}`;
}

function more(items: readonly unknown[]): string {
  return items.length > mostNamed ? ` and ${items.length - mostNamed} more` : '';
}
