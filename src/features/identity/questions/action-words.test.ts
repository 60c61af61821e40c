import { expect, test } from 'vitest';
import { serviceActions } from '../../../domain/iam/actions.ts';
import { sortedActions } from '../actions/action-index.ts';
import { actionsInWords } from './action-words.ts';

const of = (service: string, count?: number): string[] =>
  (serviceActions(service)?.names ?? []).slice(0, count).map((name) => `${service}:${name}`);
const sns = of('sns').length;

test.each<[string, readonly string[], string]>([
  ['none', [], 'no action that AWS lists'],
  ['all', sortedActions(), 'every action'],
  ['four', ['a:A', 'a:B', 'b:A', 'c:A'], 'a:A, a:B, b:A, c:A'],
  ['all of a service', of('sns'), `all ${sns} actions of sns`],
  ['five of a service', of('sns', 5), `5 actions of sns (${of('sns', 3).join(', ')}, …)`],
  [
    'those of several, the most first',
    [...of('sqs', 2), ...of('s3', 4), ...of('sns')],
    `${sns + 6} actions: all ${sns} of sns; 4 of s3 (${of('s3', 3).join(', ')}, …); ${of('sqs', 2).join(', ')}`,
  ],
  [
    'three of a service, spelt out',
    [...of('sqs', 3), ...of('s3', 4)],
    `7 actions: 4 of s3 (${of('s3', 3).join(', ')}, …); ${of('sqs', 3).join(', ')}`,
  ],
  ['one each of four services', ['a:A', 'b:A', 'c:A', 'd:A', 'd:B'], '5 actions: d:A, d:B; a:A; b:A; c:A'],
  [
    'one each of five services',
    ['a:A', 'b:A', 'c:A', 'd:A', 'e:A'],
    '5 actions: a:A; b:A; c:A; d:A and some of 1 more service',
  ],
  [
    'one each of six services',
    ['a:A', 'b:A', 'c:A', 'd:A', 'e:A', 'f:A'],
    '6 actions: a:A; b:A; c:A; d:A and some of 2 more services',
  ],
])('%s', (_, actions, words) => {
  expect(actionsInWords(actions)).toBe(words);
});

test('none but those to come', () => {
  expect(actionsInWords([], true)).toBe('actions that AWS does not list yet');
});
