import { expect, test } from 'vitest';
import { actionNumber, universeSize, unlistedBit } from '../actions/action-index.ts';
import { addAll, countBits, hasBit } from '../actions/bitset.ts';
import { actionRules } from './action-rules.ts';
import { emptyActions } from './lanes.ts';

test('every action, listed or not, has the keys of exactly one group', () => {
  const { contexts } = actionRules();
  const all = emptyActions();
  for (const { actions } of contexts) addAll(all, actions);
  expect(countBits(all)).toBe(universeSize());
  expect(contexts.reduce((sum, { actions }) => sum + countBits(actions), 0)).toBe(universeSize());
});

function keysOf(action: string): string[] {
  const number = actionNumber(action) ?? unlistedBit();
  return [...(actionRules().contexts.find(({ actions }) => hasBit(actions, number))?.keys ?? [])].sort();
}

test('the keys that the resource decides are those of the group', () => {
  expect(keysOf('sqs:SendMessage')).toEqual(['aws:RequestedRegion', 'aws:ResourceAccount']);
  expect(keysOf('new:Action')).toEqual(['aws:RequestedRegion', 'aws:ResourceAccount']);
  // IAM has one endpoint, so its region does not depend on the resource.
  expect(keysOf('iam:GetRole')).toEqual(['aws:ResourceAccount']);
  expect(keysOf('s3:GetObject')).toContain('s3:DataAccessPointArn');
});

test('only what resource policies can give to other accounts holds for actions that are not listed', () => {
  const { callers, contexts: _, ...sets } = actionRules();
  for (const [name, set] of Object.entries(sets))
    expect([name, hasBit(set, unlistedBit())]).toEqual([name, name === 'crossAccount']);
  for (const { free, refused } of Object.values(callers)) {
    expect([...free, ...refused]).not.toContain(unlistedBit());
  }
});
