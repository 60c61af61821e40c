import { expect, test } from 'vitest';
import { plainStyle } from '../../../platform/terminal/colour.ts';
import type { StoredFinding } from '../../findings/index.ts';
import type { Verification } from './contract.ts';
import { renderVerifications } from './render.ts';

const verification = (changes: Partial<Verification>, finding: Partial<StoredFinding> = {}): Verification => ({
  before: 'new',
  verdict: 'fail',
  reason: 'It does.',
  asked: true,
  ...changes,
  finding: {
    id: 'vf-1',
    state: 'new',
    severity: 'high',
    title: 'Title',
    resource: 'arn:aws:s3:::a',
    account: '111122223333',
    region: 'eu-west-1',
    ...finding,
  } as StoredFinding,
});
const heads = (...all: Verification[]): string[] =>
  renderVerifications(all, plainStyle)
    .split('\n')
    .filter((line) => /^\S.* {2}(critical|high|low) {2}/.test(line));

test('what needs somebody comes first, the most severe of it before the others', () => {
  expect(
    heads(
      verification({ verdict: 'pass' }, { severity: 'critical', state: 'resolved' }),
      verification({ verdict: 'unknown' }),
      verification({ verdict: 'fail' }, { severity: 'low' }),
      verification({ verdict: 'fail' }, { severity: 'critical' }),
      verification({ verdict: 'manual' }),
    ),
  ).toEqual([
    'still fails  critical  Title',
    'still fails  low  Title',
    'for a person to judge  high  Title',
    'unknown  high  Title',
    'fixed  critical  Title',
  ]);
});

test.each<[Partial<Verification>, Partial<StoredFinding>, string, string]>([
  [{ before: undefined, asked: false }, {}, 'new', 'not known → new'],
  [{ before: 'resolved' }, { state: 'reopened' }, 'fails again', 'resolved → reopened'],
  [{ before: 'muted' }, { state: 'muted' }, 'still fails', 'vf-1  muted'],
  [{ before: 'open', verdict: 'absent' }, { state: 'resolved' }, 'fixed', 'open → resolved'],
  [{ before: 'open', verdict: 'not-applicable' }, { state: 'resolved' }, 'fixed', 'open → resolved'],
])('%j %j is "%s"', (changes, finding, word, state) => {
  const text = renderVerifications([verification(changes, finding)], plainStyle);
  expect(text).toContain(`${word}  high`);
  expect(text).toContain(state);
});

test('the sums name what is unknown, and that it changed nothing', () => {
  const all = [verification({ verdict: 'unknown' }), verification({ verdict: 'pass' })];
  expect(renderVerifications(all, plainStyle)).toContain('1 fixed, 0 failing, 1 unknown: nothing was changed.');
});

test('names and reasons are inert in a terminal', () => {
  const hostile = '\u001b]52;c;aGk\u0007\u202e';
  const text = renderVerifications(
    [verification({ reason: hostile }, { resource: hostile, title: hostile })],
    plainStyle,
  );
  for (const character of hostile.replaceAll(/[\w;\]]/g, '')) expect(text).not.toContain(character);
});
