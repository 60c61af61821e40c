// What a changed document adds and takes away, by itself: actions × resources × conditions, whatever the statements are
// called and however they are split.

import { canonicalJson } from '../../../domain/json.ts';
import { universeSize, unlistedBit } from '../actions/action-index.ts';
import { addAll, fullSet, hasBit, isEmptySet, removeAll, wordsFor, type Bitset } from '../actions/bitset.ts';
import { actionsMatching } from '../actions/match-actions.ts';
import { coversFamily } from '../compiled/pattern-relation.ts';
import type { Effect, PolicyDocument, Statement } from '../policy/document.ts';
import { actionNames } from './principal-actions.ts';
import { actionsInWords } from './action-words.ts';
import { conditionsText, principalText } from './statement-words.ts';

/** Actions that one version of the document speaks of on the same resources, for the same callers and conditions. */
export interface DiffRow {
  /** `added`: the new version says it and the old did not; `removed`: the other way round. */
  readonly change: 'added' | 'removed';
  readonly effect: Effect;
  readonly actions: readonly string[];
  /** True where actions that AWS does not list yet are meant as well. */
  readonly future: boolean;
  readonly resources: readonly string[];
  readonly principals: string;
  readonly conditions: string;
  /** The row as a sentence. */
  readonly text: string;
}

interface Cell {
  readonly statement: Statement;
  readonly actions: Bitset;
}

/** The difference of two documents; empty where they mean the same. Pure. */
export function diffDocuments(before: PolicyDocument, after: PolicyDocument): readonly DiffRow[] {
  const [old, fresh] = [cellsOf(before), cellsOf(after)];
  return [
    ...fresh.flatMap((cell) => rowOf('added', cell, old)),
    ...old.flatMap((cell) => rowOf('removed', cell, fresh)),
  ];
}

/** One cell for all statements that differ in their actions alone. An Allow that cannot be read grants nothing. */
function cellsOf(document: PolicyDocument): readonly Cell[] {
  const cells = new Map<string, Cell>();
  for (const statement of document.statements) {
    if (statement.effect === 'Allow' && !statement.sound) continue;
    const key = canonicalJson([
      statement.effect,
      sorted(statement.resources?.patterns),
      statement.resources?.not ?? false,
      principalsKey(statement),
      conditionsKey(statement),
    ]);
    const known = cells.get(key);
    const actions = actionsOf(statement);
    if (known === undefined) cells.set(key, { statement, actions });
    else addAll(known.actions, actions);
  }
  return [...cells.values()];
}

function sorted(texts: readonly string[] | undefined): readonly string[] | null {
  return texts === undefined ? null : [...new Set(texts)].sort();
}

function principalsKey({ principals }: Statement): string {
  if (principals === undefined) return '';
  return canonicalJson([principals.not, sorted(principals.entries.map((entry) => canonicalJson(entry)))]);
}

function conditionsKey({ conditions }: Statement): string {
  const texts = conditions.map((one) =>
    canonicalJson({ ...one, place: undefined, key: one.key.toLowerCase(), values: sorted(one.values) }),
  );
  return canonicalJson(sorted(texts));
}

function actionsOf({ actions }: Statement): Bitset {
  const covered = new Uint32Array(wordsFor(universeSize()));
  for (const pattern of actions.patterns) addAll(covered, actionsMatching(pattern));
  if (!actions.not) return covered;
  const rest = fullSet(universeSize());
  removeAll(rest, covered);
  return rest;
}

/** The part of a cell that no cell of the other version covers. */
function rowOf(change: DiffRow['change'], cell: Cell, others: readonly Cell[]): readonly DiffRow[] {
  const left = cell.actions.slice();
  for (const other of others) if (covers(other.statement, cell.statement)) removeAll(left, other.actions);
  if (isEmptySet(left)) return [];
  const { statement } = cell;
  const row = {
    change,
    effect: statement.effect,
    actions: actionNames(left),
    future: hasBit(left, unlistedBit()),
    resources: resourcesText(statement),
    principals: principalText(statement.principals),
    conditions: conditionsText(statement),
  };
  return [{ ...row, text: sentence(row) }];
}

/** Whether `wide` speaks of everything that `narrow` does, actions aside. */
function covers(wide: Statement, narrow: Statement): boolean {
  if (wide.effect !== narrow.effect) return false;
  if (wide.conditions.length > 0 && conditionsKey(wide) !== conditionsKey(narrow)) return false;
  return coversPrincipals(wide, narrow) && coversResources(wide, narrow);
}

function coversPrincipals(wide: Statement, narrow: Statement): boolean {
  const { principals } = wide;
  if (principals === undefined || principalsKey(wide) === principalsKey(narrow)) return true;
  if (principals.not) return false;
  if (principals.entries.some((entry) => entry.kind === 'everyone')) return true;
  const named = new Set(principals.entries.map((entry) => canonicalJson(entry)));
  return (
    narrow.principals?.not === false && narrow.principals.entries.every((entry) => named.has(canonicalJson(entry)))
  );
}

function coversResources(wide: Statement, narrow: Statement): boolean {
  const [outer, inner] = [wide.resources, narrow.resources];
  if (outer === undefined) return inner === undefined;
  if (!outer.not && outer.patterns.includes('*')) return true;
  if (inner === undefined) return false;
  if (outer.not || inner.not) {
    return outer.not === inner.not && canonicalJson(sorted(outer.patterns)) === canonicalJson(sorted(inner.patterns));
  }
  return inner.patterns.every((pattern) =>
    outer.patterns.some((other) => other === pattern || (!other.includes('${') && coversFamily(other, pattern))),
  );
}

function resourcesText({ resources }: Statement): readonly string[] {
  if (resources === undefined) return [];
  return resources.not ? resources.patterns.map((pattern) => `everything but ${pattern}`) : resources.patterns;
}

function sentence(row: Omit<DiffRow, 'text'>): string {
  const { change, effect, actions, future, resources, principals, conditions } = row;
  const verb =
    effect === 'Allow'
      ? change === 'added'
        ? 'Newly allows'
        : 'No longer allows'
      : change === 'added'
        ? 'Newly denies'
        : 'No longer denies';
  const shown = resources.length > 4 ? [...resources.slice(0, 4), `${resources.length - 4} more`] : resources;
  const where = resources.length === 0 || resources.includes('*') ? '' : ` on ${shown.join(', ')}`;
  const who = principals === '' ? '' : ` to ${principals}`;
  const when = conditions === '' ? '' : `, where ${conditions}`;
  return `${verb} ${actionsInWords(actions, future)}${who}${where}${when}.`;
}
