import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { iamServices, serviceActions } from '../../../domain/iam/actions.ts';
import { actionMatches } from '../actions/match-actions.ts';
import { compressActions } from './compress-actions.ts';

const allOf = (service: string): string[] => (serviceActions(service)?.names ?? []).map((name) => `${service}:${name}`);

test('the patterns cover exactly the wanted actions and, beside them, only what is tolerated', () => {
  const services = fc.constantFrom(...iamServices().filter((service) => allOf(service).length < 200));
  const outcome = fc.check(
    fc.property(services, fc.infiniteStream(fc.nat(2)), (service, choices) => {
      const chosen = new Map(allOf(service).map((action) => [action, choices.next().value]));
      const wanted = [...chosen].filter(([, choice]) => choice === 0).map(([action]) => action);
      const patterns = compressActions(wanted, (action) => chosen.get(action) === 1);
      const covered = [...chosen.keys()].filter((action) => patterns.some((pattern) => actionMatches(pattern, action)));
      return wanted.every((action) => covered.includes(action)) && covered.every((action) => chosen.get(action) !== 2);
    }),
    { numRuns: 200 },
  );
  expect(outcome.failed ? fc.defaultReportMessage(outcome) : '').toBe('');
});

test.each([
  [allOf('sqs'), ['sqs:*']],
  [['sqs:TagQueue'], ['sqs:TagQueue']],
  [allOf('iam').filter((action) => action.startsWith('iam:Attach')), ['iam:Attach*']],
])('%j is written %j', (wanted, expected) => {
  expect(compressActions(wanted)).toEqual(expected);
});
