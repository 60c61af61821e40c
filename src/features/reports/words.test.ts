import { describe, expect, test } from 'vitest';
import { groupGaps } from './gap-groups.ts';
import { sampleGap, sampleModel } from './testing.ts';
import { percent, scoreText, verdictLine, worstFindings } from './words.ts';

describe('words', () => {
  test.each([
    [0.99996, '99.9 %'],
    [1, '100 %'],
    [0.9449, '94.4 %'],
    [0.57, '57 %'],
    [0, '0 %'],
    [0.29, '29 %'],
  ])('a share of %f is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  test.each([
    [99.96, '99.9'],
    [61.3, '61.3'],
    [100, '100.0'],
    [null, '–'],
  ])('a score of %s is %s', (score, text) => {
    expect(scoreText(score)).toBe(text);
  });

  test.each([
    [{ critical: 1 }, '1 critical finding'],
    [{ critical: 1, low: 1 }, '1 critical and 1 low findings'],
    [{ high: 1_234, medium: 2, low: 4 }, '1,234 high and 2 medium findings'],
    [{}, 'No findings'],
  ])('%j is %s', (counts, text) => {
    expect(worstFindings(counts)).toBe(text);
  });

  test('accounts that could not be read are said', () => {
    const model = sampleModel();
    const [first, second] = model.accounts;
    expect(verdictLine(model)).toBe('3 critical and 1 high findings in 2 accounts. Score 61.2 of 100.');
    const denied = { ...model, accounts: [first!, { ...second!, scan: 'denied' as const }] };
    expect(verdictLine(denied)).toContain('in 1 of 2 accounts; the others could not be read');
    const skipped = { ...model, accounts: [first!, { ...second!, scan: 'skipped' as const }] };
    expect(verdictLine(skipped)).toContain('in 1 account. Score');
  });
});

test('gaps are grouped, whole accounts first, then what concerns most accounts', async () => {
  const groups = await groupGaps([
    sampleGap({ account: '1' }),
    sampleGap({ account: '2', regions: ['eu-west-1', 'eu-west-2'] }),
    sampleGap({ action: 'ec2:DescribeVpcs', service: 'ec2', reason: 'throttled' }),
    sampleGap({ service: '*', action: '*', account: '3', regions: ['global'] }),
  ]);
  expect(groups.map(({ service, accounts, regions }) => [service, accounts, regions])).toEqual([
    ['*', 1, 1],
    ['kms', 2, 3],
    ['ec2', 1, 2],
  ]);
});
