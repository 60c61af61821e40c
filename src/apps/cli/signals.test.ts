import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { onProcessExit } from '../../platform/terminal/exit-hook.ts';
import { InterruptedError } from './errors.ts';
import { watchSignals } from './signals.ts';

/** A process whose terminal shows progress: what hides the cursor wants to put it back at the end. */
function running() {
  const killed: string[] = [];
  const restored: string[] = [];
  const source = Object.assign(new EventEmitter(), {
    pid: 7,
    kill: (_pid: number, signal: string) => killed.push(signal),
  });
  const controller = new AbortController();
  let time = 0;
  const forget = watchSignals(controller, source, () => time);
  onProcessExit(() => restored.push('cursor'), source);
  const signal = (name: string, at: number): void => {
    time = at;
    source.emit(name);
  };
  return { controller, forget, killed, restored, signal, source };
}

describe('signals', () => {
  test.each([
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGTERM'],
  ])('%s ends the work in order, with progress on a terminal as well', (name, meaning) => {
    const { controller, killed, restored, signal } = running();
    signal(name, 0);
    expect(controller.signal.reason).toBeInstanceOf(InterruptedError);
    expect(controller.signal.reason).toMatchObject({ signal: meaning, hint: expect.stringContaining('go on') });
    expect({ killed, restored }).toEqual({ killed: [], restored: [] });
  });

  test('what npm passes on of the same Ctrl-C is no second one', () => {
    const { controller, killed, signal } = running();
    signal('SIGINT', 0);
    signal('SIGINT', 499);
    expect(controller.signal.aborted).toBe(true);
    expect(killed).toEqual([]);
  });

  test('a second one ends the process, with its terminal as it was', () => {
    const { killed, restored, signal } = running();
    signal('SIGINT', 0);
    signal('SIGINT', 500);
    expect(killed).toContain('SIGINT');
    expect(restored).toEqual(['cursor']);
  });

  test('afterwards nothing listens', () => {
    const { controller, forget, signal, source } = running();
    forget();
    expect(source.listenerCount('SIGINT')).toBe(1);
    signal('SIGINT', 0);
    expect(controller.signal.aborted).toBe(false);
  });
});
