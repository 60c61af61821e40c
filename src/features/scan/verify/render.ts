// What became of findings, for people.

import { type Severity, severities } from '../../../domain/severity.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Verification } from './contract.ts';

/** `fixed`: it passes, does not apply or is gone. `manual`: a person has to look. */
export type Outcome = 'fixed' | 'fails' | 'manual' | 'unknown';

const outcomes: Readonly<Record<Verification['verdict'], Outcome>> = {
  pass: 'fixed',
  'not-applicable': 'fixed',
  absent: 'fixed',
  fail: 'fails',
  manual: 'manual',
  unknown: 'unknown',
};

export const outcomeOf = ({ verdict }: Pick<Verification, 'verdict'>): Outcome => outcomes[verdict];

function words({ before, asked, finding, verdict }: Verification): string {
  switch (outcomes[verdict]) {
    case 'fixed':
      return 'fixed';
    case 'fails':
      if (before === undefined) return 'new';
      return before === 'resolved' || before === 'ended' ? 'fails again' : asked ? 'still fails' : finding.state;
    case 'manual':
      return 'for a person to judge';
    case 'unknown':
      return 'unknown';
  }
}

const order: readonly Outcome[] = ['fails', 'manual', 'unknown', 'fixed'];

const rank = (one: Verification): number =>
  order.indexOf(outcomeOf(one)) * severities.length + severities.indexOf(one.finding.severity);

/** The verifications as text, those that need somebody first. */
export function renderVerifications(
  verifications: readonly Verification[],
  style: Pick<Style, 'bold' | 'dim' | 'green' | 'red' | 'yellow'> & {
    severity(severity: Severity): (text: string) => string;
  },
): string {
  const paint = { fixed: style.green, fails: style.red, manual: style.yellow, unknown: style.yellow };
  const sorted = [...verifications].sort((a, b) => rank(a) - rank(b));
  const lines = sorted.flatMap((one) => {
    const { finding, reason } = one;
    const state = one.before === finding.state ? finding.state : `${one.before ?? 'not known'} → ${finding.state}`;
    return [
      `${style.bold(paint[outcomeOf(one)](words(one)))}  ${style.severity(finding.severity)(finding.severity)}  ${sanitize(finding.title)}`,
      `    ${sanitize(finding.resource)}  ${style.dim(`${finding.account} ${finding.region}`)}`,
      `    ${sanitize(reason)}`,
      `    ${style.dim(`${finding.id}  ${state}`)}`,
      '',
    ];
  });
  const count = (outcome: Outcome): number => verifications.filter((one) => outcomeOf(one) === outcome).length;
  const sums = [
    `${count('fixed')} fixed`,
    `${count('fails')} failing`,
    ...(count('manual') === 0 ? [] : [`${count('manual')} for a person to judge`]),
    ...(count('unknown') === 0 ? [] : [`${count('unknown')} unknown: nothing was changed`]),
  ];
  return `${[...lines, `${sums.join(', ')}.`].join('\n')}\n`;
}
