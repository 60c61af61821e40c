import { describe, expect, test } from 'vitest';
import { fixedClock } from '../clock/clock.ts';
import { plainStyle } from './colour.ts';
import { onProcessExit } from './exit-hook.ts';
import { formatDuration, progressBar, progressText } from './progress-line.ts';
import { createProgress } from './progress.ts';
import type { ProgressState } from './progress-line.ts';
import { displayWidth } from './width.ts';

const state: ProgressState = {
  activity: 'Scanning',
  done: 420,
  total: 1000,
  accountsDone: 24,
  accounts: 60,
  regions: 17,
  services: 14,
  findings: { critical: 3, high: 12, low: 40 },
};

function setUp(isTTY: boolean, quiet = false) {
  const clock = fixedClock('2026-11-01T00:00:00.000Z');
  const start = clock.now().getTime();
  const written: string[] = [];
  const timers: { milliseconds: number; run: () => void }[] = [];
  const exits: (() => void)[] = [];
  const progress = createProgress({
    stream: { write: (text) => written.push(text), columns: 80 },
    isTTY,
    quiet,
    clock,
    every: (milliseconds, run) => {
      timers.push({ milliseconds, run });
      return () => timers.splice(0);
    },
    onExit: (run) => {
      exits.push(run);
      return () => exits.splice(0);
    },
  });
  const at = (milliseconds: number): void => clock.set(new Date(start + milliseconds).toISOString());
  return { progress, written, timers, exits, at };
}

describe('progress line', () => {
  test('never wraps and drops the least important facts first', () => {
    for (let columns = 10; columns <= 160; columns += 1)
      expect(displayWidth(progressBar(state, 30_000, columns, plainStyle))).toBeLessThan(columns);
    expect(progressBar(state, 30_000, 142, plainStyle)).toBe(
      'Scanning ━━━━━━━━━━─────────────  42 %  55 findings (3 critical, 12 high) · 0:41 left · 24 of 60 accounts × 17 regions × 14 services · 14/s',
    );
    expect(progressBar(state, 30_000, 80, plainStyle)).toMatch(
      /42 % {2}55 findings \(3 critical, 12 high\) · 0:41 left$/,
    );
    expect(progressBar(state, 30_000, 60, plainStyle)).toContain('0:41 left');
  });

  test('the time left is told when a part of the work has shown it', () => {
    const thousand = { activity: 'Scanning', total: 1_000 };
    expect(progressText({ ...thousand, done: 49 }, 10_000)).toMatch(/0:10 elapsed$/);
    expect(progressText({ ...thousand, done: 50 }, 10_000)).toMatch(/3:10 left$/);
    expect(progressText({ ...thousand, done: 10 }, 60_000)).toMatch(/1:39:00 left$/);
  });

  test('the units of an earlier run do not count for the rate', () => {
    expect(progressBar({ ...state, doneBefore: 380 }, 10_000, 120, plainStyle)).toContain('2:25 left');
  });

  test('says in words what a log needs', () => {
    expect(progressText(state, 30_000)).toBe(
      'Scanning: 420 of 1,000 units (42 %), 24 of 60 accounts × 17 regions × 14 services, 55 findings (3 critical, 12 high), 14/s, 0:30 elapsed, 0:41 left',
    );
  });

  test('foreign names in it are inert', () => {
    expect(progressBar({ ...state, current: '\u001b[2J\u202Eevil' }, 0, 200, plainStyle)).toContain('␛[2J<U+202E>evil');
  });

  test.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('on a terminal', () => {
  test('draws at most ten times a second, and the newest state in the end', () => {
    const { progress, written, timers, at } = setUp(true);
    for (let i = 0; i < 1000; i += 1) {
      at(i);
      progress.update({ ...state, done: i });
    }
    expect(written.length).toBeLessThanOrEqual(10);
    at(1100);
    timers[0]?.run();
    expect(written.at(-1)).toContain('99 %');
  });

  test('a message stands above the bar, which is drawn again below it', () => {
    const { progress, written } = setUp(true);
    progress.update(state);
    written.length = 0;
    progress.message('critical  public bucket');
    const text = written.join('');
    expect(text.indexOf('\u001b[2K')).toBeLessThan(text.indexOf('critical'));
    expect(text.indexOf('critical  public bucket\n')).toBeLessThan(text.lastIndexOf('Scanning'));
  });

  test('the cursor comes back at the end and at an interrupt', () => {
    const first = setUp(true);
    first.progress.update(state);
    expect(first.written.join('')).toContain('\u001b[?25l');
    first.progress.done();
    expect(first.written.at(-1)).toBe('\r\u001b[2K\u001b[?25h');
    expect(first.timers).toHaveLength(0);
    expect(first.exits).toHaveLength(0);

    const second = setUp(true);
    second.progress.update(state);
    second.exits[0]?.();
    expect(second.written.at(-1)).toBe('\r\u001b[2K\u001b[?25h');
  });
});

describe('without a terminal', () => {
  test('prints a line every ten seconds and no escape', () => {
    const { progress, written, timers, at } = setUp(false);
    for (let i = 0; i < 100; i += 1) progress.update({ ...state, done: i });
    expect(written).toEqual([]);
    expect(timers[0]?.milliseconds).toBe(10_000);
    at(10_000);
    timers[0]?.run();
    progress.message('a line');
    progress.done();
    expect(written).toHaveLength(2);
    expect(written.join('')).not.toContain('\u001b');
    expect(written[1]).toBe('a line\n');
  });

  test('quiet prints messages only', () => {
    const { progress, written, timers } = setUp(true, true);
    progress.update(state);
    progress.message('a line');
    progress.done();
    expect(written).toEqual(['a line\n']);
    expect(timers).toHaveLength(0);
  });
});

function exitSource(otherListeners: number) {
  const listeners = new Map<string, (() => void)[]>();
  const killed: string[] = [];
  return {
    pid: 1,
    killed,
    emit: (event: string) => {
      for (const listener of listeners.get(event) ?? []) listener();
    },
    on: (event: string, listener: () => void) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: (event: string, listener: () => void) =>
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((one) => one !== listener),
      ),
    listenerCount: (event: string) => (listeners.get(event)?.length ?? 0) + otherListeners,
    kill: (_pid: number, signal: string) => killed.push(signal),
  };
}

describe('exit hook', () => {
  test('an unhandled signal restores first and then ends the process as it would have', () => {
    const process = exitSource(0);
    const runs: number[] = [];
    onProcessExit(() => runs.push(1), process);
    process.emit('SIGTERM');
    process.emit('exit');
    expect(runs).toEqual([1]);
    expect(process.killed).toEqual(['SIGTERM']);
  });

  test('a signal that the application handles is left to it', () => {
    const process = exitSource(1);
    const runs: number[] = [];
    const forget = onProcessExit(() => runs.push(1), process);
    process.emit('SIGINT');
    expect(runs).toEqual([]);
    expect(process.killed).toEqual([]);
    forget();
    process.emit('exit');
    expect(runs).toEqual([]);
  });
});
