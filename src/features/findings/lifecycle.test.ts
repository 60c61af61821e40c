import { describe, expect, test } from 'vitest';
import type { FindingState, TransitionCause } from '../../domain/finding.ts';
import type { StoredFinding } from './contract.ts';
import { type Observation, end, mute, observe, unmute } from './lifecycle.ts';
import { account, check, time, verdict } from './testing.ts';

function observation(day: number, changes: Partial<Observation> = {}): Observation {
  return {
    verdict: verdict('logs', 'fail'),
    check: check('s3-logs'),
    scan: { id: `scan-${day}`, startedAt: time(day, 9), complete: true },
    account,
    scopeRegion: 'global',
    at: time(day),
    earlierRule: undefined,
    ...changes,
  };
}

function known(state: FindingState, day = 1): StoredFinding {
  const step = observe(undefined, observation(day));
  return { ...step!.finding, state, suppression: state === 'muted' ? 'vs-1' : null };
}

const passing = { verdict: verdict('logs', 'pass') };
const absent = { verdict: undefined };
const newRule = { check: check('s3-logs', { rule: 'r2' }) };
const gap = { check: check('s3-logs', { complete: false }) };
const filtered = { scan: { id: 'scan-2', startedAt: time(2, 9), complete: false } };
const older = { scan: { id: 'scan-0', startedAt: time(0, 9), complete: true } };

/** From a state, what is seen, and where it goes: null when nothing changes. */
const cases: readonly [
  string,
  FindingState | null,
  Partial<Observation>,
  FindingState | null,
  TransitionCause | null,
][] = [
  ['a first failure', null, {}, 'new', 'first-seen'],
  ['a first failure under a changed check', null, { ...newRule, earlierRule: 'r1' }, 'new', 'rule-changed'],
  ['a first failure where the same check judged before', null, { earlierRule: 'r1' }, 'new', 'first-seen'],
  ['a manual verdict', null, { verdict: verdict('logs', 'manual') }, 'new', 'first-seen'],
  ['a first pass', null, passing, null, null],
  ['nothing', null, absent, null, null],
  ['a failure again', 'new', {}, 'open', 'seen-again'],
  ['a failure yet again', 'open', {}, 'open', null],
  ['a failure after it came back', 'reopened', {}, 'open', 'seen-again'],
  ['a failure of a muted one', 'muted', {}, 'muted', null],
  ['a pass', 'new', passing, 'resolved', 'passed'],
  ['a pass of an open one', 'open', passing, 'resolved', 'passed'],
  ['a pass of a muted one', 'muted', passing, 'resolved', 'passed'],
  ['absence', 'open', absent, 'resolved', 'absent'],
  ['a check that no longer applies', 'open', { verdict: verdict('logs', 'not-applicable') }, 'resolved', 'absent'],
  ['a pass under a changed check', 'open', { ...passing, ...newRule }, 'resolved', 'rule-changed'],
  ['absence under a changed check', 'open', { ...absent, ...newRule }, 'resolved', 'rule-changed'],
  ['a failure under a changed check', 'open', newRule, 'open', null],
  ['a failure after it was resolved', 'resolved', {}, 'reopened', 'failed-again'],
  ['a failure after it was resolved, under a changed check', 'resolved', newRule, 'reopened', 'rule-changed'],
  ['a pass after it was resolved', 'resolved', passing, null, null],
  ['a failure after its account came back', 'ended', {}, 'reopened', 'failed-again'],
  ['a pass after its account came back', 'ended', passing, null, null],
  ['an unknown', 'open', { verdict: verdict('logs', 'unknown') }, null, null],
  ['an unknown of nothing known', null, { verdict: verdict('logs', 'unknown') }, null, null],
  ['a pass with a gap', 'open', { ...passing, ...gap }, null, null],
  ['absence with a gap', 'open', { ...absent, ...gap }, null, null],
  ['a pass in a filtered scan', 'open', { ...passing, ...filtered }, null, null],
  ['absence in a filtered scan', 'open', { ...absent, ...filtered }, null, null],
  ['a failure with a gap', 'new', gap, 'open', 'seen-again'],
  ['a failure in a filtered scan', 'resolved', filtered, 'reopened', 'failed-again'],
  ['a pass in an older scan', 'open', { ...passing, ...older }, null, null],
  ['absence in an older scan', 'open', { ...absent, ...older }, null, null],
  ['a failure in an older scan', 'resolved', older, null, null],
];

describe('the life of a finding', () => {
  test.each(cases)('%s', (_, from, seen, to, cause) => {
    const previous = from === null ? undefined : known(from);
    const step = observe(previous, observation(2, seen));
    expect(step?.finding.state ?? null).toBe(to);
    const causes = (step?.transitions ?? []).map((one) => [one.from, one.to, one.cause, one.at, one.actor, one.scan]);
    expect(causes).toEqual(cause === null ? [] : [[from, to, cause, time(2), 'vedette', 'scan-2']]);
  });

  test('a failure updates what is said of it and when it was seen, and keeps when it was first seen', () => {
    const seen = observation(3, {
      verdict: verdict('logs', 'fail', { reason: 'Now for another reason.' }),
      ...newRule,
    });
    expect(observe(known('open'), seen)?.finding).toMatchObject({
      reason: 'Now for another reason.',
      firstSeen: time(1),
      lastSeen: time(3),
      lastVerified: time(3),
      lastScan: 'scan-3',
      lastScanStartedAt: time(3, 9),
      rule: 'r2',
    });
  });

  test('resolving keeps when it was last seen failing', () => {
    expect(observe(known('open'), observation(3, passing))?.finding).toMatchObject({
      lastSeen: time(1),
      lastVerified: time(3),
    });
  });

  test('the same scan sees a new finding twice and it stays new', () => {
    expect(observe(known('new'), observation(1))?.finding.state).toBe('new');
  });

  test.each(['new', 'open', 'reopened'] as const)('muting takes %s', (state) => {
    const step = mute(known(state), { suppression: 'vs-1', actor: 'ana' }, time(2), null);
    expect(step?.finding).toMatchObject({ state: 'muted', mutedBy: 'ana', suppression: 'vs-1' });
    expect(step?.transitions).toEqual([
      expect.objectContaining({ from: state, to: 'muted', cause: 'muted', actor: 'ana', disposition: 'accepted' }),
    ]);
  });

  test('muting hands a muted one to another suppression without a transition, and leaves what is over', () => {
    expect(mute(known('muted'), { suppression: 'vs-2', actor: 'ana' }, time(2), null)).toMatchObject({
      finding: { state: 'muted', suppression: 'vs-2' },
      transitions: [],
    });
    expect(mute(known('muted'), { suppression: 'vs-1', actor: 'ana' }, time(2), null)).toBeUndefined();
    expect(mute(known('resolved'), { suppression: 'vs-1', actor: 'ana' }, time(2), null)).toBeUndefined();
    expect(mute(known('ended'), { suppression: 'vs-1', actor: 'ana' }, time(2), null)).toBeUndefined();
  });

  test('unmuting opens', () => {
    const step = unmute(known('muted'), 'mute-expired', 'vedette', time(2), null);
    expect(step?.finding).toMatchObject({ state: 'open', mutedBy: null, suppression: null });
    expect(step?.transitions).toEqual([expect.objectContaining({ from: 'muted', to: 'open', cause: 'mute-expired' })]);
    expect(unmute(known('open'), 'unmuted', 'ana', time(2), null)).toBeUndefined();
  });

  test('an account that leaves ends what is not resolved', () => {
    for (const state of ['new', 'open', 'reopened', 'muted'] as const) {
      expect(end(known(state), 'account-left', time(2), 'scan-2')?.transitions).toEqual([
        expect.objectContaining({ from: state, to: 'ended', cause: 'account-left', scan: 'scan-2' }),
      ]);
    }
    expect(end(known('resolved'), 'account-closed', time(2), null)).toBeUndefined();
    expect(end(known('ended'), 'account-closed', time(2), null)).toBeUndefined();
  });
});
