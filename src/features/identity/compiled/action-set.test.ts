import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionNumber, sortedActions, universeSize, unlistedBit } from '../actions/action-index.ts';
import { hasBit, wordsFor } from '../actions/bitset.ts';
import { matchesWildcard } from '../actions/wildcard.ts';
import { ActionSets, addActions, holdsNumber, setHolds } from './action-set.ts';

const patterns = fc.array(
  fc.constantFrom(
    '*',
    's3:*',
    's3:Get*',
    'S3:GETOBJECT',
    'ec2:*',
    'ec2:*Volume',
    'iam:PassRole',
    '*:*',
    'zz:*',
    's?:*',
  ),
  { minLength: 1, maxLength: 3 },
);

test('a set holds what its patterns cover, or all else', () => {
  const sets = new ActionSets();
  const samples = [
    's3:GetObject',
    'ec2:CreateVolume',
    'iam:PassRole',
    's3:FutureAction',
    'new:Action',
    'xray:GetGroup',
  ];
  fc.assert(
    fc.property(patterns, fc.boolean(), (list, not) => {
      const set = sets.of({ not, patterns: list });
      for (const action of samples) {
        const covered = list.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
        expect(setHolds(set, action)).toBe(covered !== not);
      }
      const all = new Uint32Array(wordsFor(universeSize()));
      addActions(all, set);
      const wrong = sortedActions().filter((_, i) => hasBit(all, i) !== holdsNumber(set, i));
      expect(wrong).toEqual([]);
      expect(hasBit(all, unlistedBit())).toBe(list.some((pattern) => pattern === '*' || pattern === '*:*') !== not);
    }),
    { numRuns: 60 },
  );
});

test('equal elements share one set, whatever the order and the case', () => {
  const sets = new ActionSets();
  const set = sets.of({ not: false, patterns: ['s3:Get*', 'ec2:Run*', 's3:get*'] });
  expect(sets.of({ not: false, patterns: ['EC2:run*', 's3:Get*'] })).toBe(set);
  expect(sets.of({ not: true, patterns: ['ec2:Run*', 's3:Get*'] })).not.toBe(set);
  expect(sets.size).toBe(2);
});

test('sets keep only the words of their services', () => {
  const sets = new ActionSets();
  expect(sets.of({ not: false, patterns: ['s3:GetObject'] }).words.length).toBe(1);
  expect(sets.of({ not: false, patterns: ['s3:NoSuchAction'] }).words.length).toBe(0);
  expect(holdsNumber(sets.of({ not: false, patterns: ['s3:GetObject'] }), actionNumber('s3:GetObject') ?? -1)).toBe(
    true,
  );
  expect(sets.of({ not: true, patterns: ['*'] }).words.length).toBe(0);
});

test('a set that would take too long to work out holds what its patterns cover, one action at a time', () => {
  const patterns = Array.from({ length: 2000 }, (_, i) => `*:*${i.toString(36)}z*q`);
  const sets = new ActionSets();
  const allowance = { comparisons: 100_000 };
  const set = sets.of({ not: false, patterns: [...patterns, 'S3:GetObject'] }, allowance);
  expect(set.exact).toBe(false);
  expect(setHolds(set, 's3:getobject')).toBe(true);
  expect(setHolds(set, 's3:PutObject')).toBe(false);
  // A pattern that no other test has had worked out already.
  expect(sets.of({ not: false, patterns: ['s3:*ObjectTorrent'] }, allowance).exact).toBe(true);
  expect(allowance.comparisons).toBeLessThan(100_000);
  expect(sets.of({ not: false, patterns: ['s3:*', '*', 'ec2:RunInstances'] }, { comparisons: 0 }).exact).toBe(true);
});
