// What suppressions make of what was observed, before it is written.

import type { JudgedVerdict, StoredFinding, StoredTransition } from './contract.ts';
import { type Step, mute, unmute } from './lifecycle.ts';
import type { Client } from './rows.ts';
import { type Suppression, isActive, readSuppressions, subjectOfVerdict, suppressorOf } from './suppression.ts';

export interface Settling {
  organization: string;
  account: string;
  /** ISO 8601: when it was judged. */
  at: string;
  /** Null outside a scan. */
  scan: string | null;
}

/** Mutes what a suppression matches, and opens what none matches any more. */
function suppress(
  step: Step,
  verdict: JudgedVerdict,
  { account, at, scan }: Settling,
  suppressions: readonly Suppression[],
  find: ReturnType<typeof suppressorOf>,
): Step {
  const { finding } = step;
  const match = find(subjectOfVerdict(verdict, account));
  let next: Step | undefined;
  if (match !== undefined) {
    next = mute(finding, { suppression: match.id, actor: match.createdBy }, at, scan);
  } else if (finding.state === 'muted') {
    const was = suppressions.find((one) => one.id === finding.suppression);
    const expired = was !== undefined && was.revokedAt === null && !isActive(was, at);
    next = unmute(finding, expired ? 'mute-expired' : 'unmuted', 'vedette', at, scan);
  }
  return next === undefined ? step : { finding: next.finding, transitions: [...step.transitions, ...next.transitions] };
}

/** The findings and transitions of steps, by finding id, once suppressions have had their say. */
export async function settle(
  client: Client,
  steps: ReadonlyMap<string, Step>,
  verdicts: ReadonlyMap<string, JudgedVerdict>,
  settling: Settling,
): Promise<{ findings: StoredFinding[]; transitions: StoredTransition[] }> {
  const suppressions = steps.size === 0 ? [] : await readSuppressions(client, settling.organization);
  const find = suppressorOf(suppressions, settling.at);
  const findings: StoredFinding[] = [];
  const transitions: StoredTransition[] = [];
  for (const [id, observed] of steps) {
    const verdict = verdicts.get(id);
    const isResolved = observed.finding.state === 'resolved';
    const step =
      verdict === undefined || isResolved ? observed : suppress(observed, verdict, settling, suppressions, find);
    findings.push(step.finding);
    transitions.push(...step.transitions);
  }
  return { findings, transitions };
}
