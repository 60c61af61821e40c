import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionNumber, universeSize, unlistedBit } from '../actions/action-index.ts';
import { addBit, fullSet, hasBit, removeBit, type Bitset } from '../actions/bitset.ts';
import { ActionSets } from './action-set.ts';
import { emptyActions, intersect, LanesBuilder, unionOf, type Lanes } from './lanes.ts';
import { maybe, no, yes } from './tri.ts';

const sets = new ActionSets();
const of = (...patterns: string[]) => sets.of({ not: false, patterns });

function lanes(certain: string, possible?: string): Lanes {
  const builder = new LanesBuilder();
  builder.add(of(certain), yes);
  if (possible !== undefined) builder.add(of(possible), maybe);
  return builder.build()!;
}

const holds = (set: Bitset, action: string): boolean => hasBit(set, actionNumber(action) ?? -1);

/** Some words of a set; the last is left out, since not all of its bits stand for an action. */
const last = emptyActions().length - 1;
const places = [0, 1, 2, 300, last - 2, last - 1];
const drawn = fc.array(fc.nat(0xffffffff), { minLength: places.length, maxLength: places.length });
const several = fc.array(drawn, { maxLength: 11 });

function setOf(words: readonly number[]): Bitset {
  const set = emptyActions();
  for (const [i, place] of places.entries()) set[place] = words[i]!;
  return set;
}

test('an intersection is what all keep and none drops, however many there are', () => {
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 11 }), several, fc.boolean(), (keep, drop, few) => {
      const words = few ? Uint16Array.from(places) : undefined;
      const wanted = places.map((_, i) => {
        const kept = keep.reduce((all, one) => all & one[i]!, -1);
        return drop.reduce((rest, one) => rest & ~one[i]!, kept) >>> 0;
      });
      const found = intersect(keep.map(setOf), drop.map(setOf), words);
      expect(places.map((place) => found[place])).toEqual(wanted);
      expect(found.length).toBe(last + 1);
    }),
    { numRuns: 500 },
  );
});

test('without anything to keep to, every action is left but those that are dropped', () => {
  const one = emptyActions();
  addBit(one, 5);
  const rest = fullSet(universeSize());
  removeBit(rest, 5);
  expect(intersect([], [one])).toEqual(rest);
});

test('only the words that are asked for are looked at', () => {
  const found = intersect([fullSet(universeSize())], [], Uint16Array.of(2));
  expect([...found].flatMap((word, i) => (word === 0 ? [] : [i]))).toEqual([2]);
});

test.each([
  ['the first action', 0],
  ['an action of the second word', 40],
  ['an action in the middle', 5000],
  ['those that are not listed', unlistedBit()],
])('a set that lacks %s is not full', (_, missing) => {
  const certain = fullSet(universeSize());
  removeBit(certain, missing);
  const builder = new LanesBuilder();
  builder.addLanes({ certain, possible: certain, full: false, words: undefined });
  expect(builder.build()?.full).toBe(false);
});

test('full is what holds every action for certain', () => {
  expect(lanes('*').full).toBe(true);
  expect(lanes('s3:*', '*').full).toBe(false);
});

test('the words of a small set are those that hold something, of a large one none are named', () => {
  const { possible, words } = lanes('sqs:SendMessage', 'a4b:*');
  expect([...(words ?? [])]).toEqual([...possible].flatMap((word, i) => (word === 0 ? [] : [i])));
  expect(words?.length).toBeGreaterThan(1);
  expect(lanes('*').words).toBeUndefined();
  const half = new LanesBuilder();
  const certain = new Uint32Array(last + 1).fill(1, 0, Math.floor((last + 1) / 2));
  half.addLanes({ certain, possible: certain, full: false, words: undefined });
  expect(half.build()?.words?.length).toBe(Math.floor((last + 1) / 2));
  certain.fill(1, 0, Math.floor((last + 1) / 2) + 1);
  half.addLanes({ certain, possible: certain, full: false, words: undefined });
  expect(half.build()?.words).toBeUndefined();
});

test('the first action of all is among the words', () => {
  const certain = emptyActions();
  addBit(certain, 0);
  const builder = new LanesBuilder();
  builder.addLanes({ certain, possible: certain, full: false, words: undefined });
  expect([...(builder.build()?.words ?? [])]).toEqual([0]);
});

test('a union holds what any of them does, certainly or perhaps', () => {
  const union = unionOf([lanes('s3:GetObject'), undefined, lanes('sqs:SendMessage', 'sns:Publish')]);
  expect(['s3:GetObject', 'sqs:SendMessage', 'sns:Publish'].map((action) => holds(union!.certain, action))).toEqual([
    true,
    true,
    false,
  ]);
  expect(holds(union!.possible, 'sns:Publish')).toBe(true);
  const one = lanes('s3:GetObject');
  expect(unionOf([undefined, one])).toBe(one);
  expect(unionOf([undefined])).toBeUndefined();
});

test('what does not hold adds nothing', () => {
  const builder = new LanesBuilder();
  builder.add(of('s3:*'), no);
  expect(builder.build()).toBeUndefined();
});
