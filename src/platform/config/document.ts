// Reads YAML and JSON that people write: bounded, without aliases, anchors and tags, and with the place of every value,
// so that an error can name the line. JSON is read as YAML 1.2, of which it is a part.

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { UsageError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';

/** Bytes of a document, unless more are allowed. */
export const longestDocument = 1_048_576;

export interface DocumentLimits {
  /** Bytes of the text. Default 1 MiB. */
  maxBytes?: number;
  /** Nesting. Default 20. */
  maxDepth?: number;
  /** Scalars, lists and maps together. Default 50,000. */
  maxNodes?: number;
}

export type Path = readonly (string | number)[];

/** A document with places. Without content its value is null. */
export interface LocatedDocument {
  value: Json;
  /** The line (from 1) of the value at a path, or of the nearest value above it. */
  lineOf(path: Path): number;
}

/** The line of a value, and of those within it. */
interface Place {
  line: number;
  within: Map<string | number, Place>;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Joins a path as it is written in messages: `accountContext.ous[2].path`. */
export function formatPath(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/**
 * Parses the text of a YAML or JSON file.
 * @throws UsageError naming file, line and, where there is one, the key
 */
export function parseLocated(text: string, file: string, limits: DocumentLimits = {}): LocatedDocument {
  const { maxBytes = longestDocument, maxDepth = 20, maxNodes = 50_000 } = limits;
  if (Buffer.byteLength(text) > maxBytes)
    throw new UsageError(`${file} is larger than ${maxBytes} bytes.`, { place: { file } });

  const lines = new LineCounter();
  const lineAt = (offset: number | undefined): number => Math.max(1, lines.linePos(offset ?? 0).line);
  const fail = (offset: number | undefined, what: string, path: Path = []): UsageError => {
    const key = formatPath(path);
    const place = key === '' ? { file } : { file, key };
    return new UsageError(`${file}, line ${lineAt(offset)}${key === '' ? '' : `, ${key}`}: ${what}`, { place });
  };

  const document = parseSafely(text, lines, fail);
  const root: Place = { line: 1, within: new Map() };
  let nodes = 0;

  /** @param at the place of the node, in which those of its members are kept: paths as texts would repeat long keys */
  const convert = (node: unknown, path: Path, at: Place): Json => {
    if (node === null || node === undefined) return null;
    const { range, tag } = node as Node;
    const offset = range?.[0];
    nodes += 1;
    if (nodes > maxNodes) throw fail(offset, `there are more than ${maxNodes} values.`, path);
    if (path.length > maxDepth) throw fail(offset, `values are nested deeper than ${maxDepth} levels.`);
    if (isAlias(node) || (node as { anchor?: string }).anchor !== undefined)
      throw fail(offset, 'anchors and aliases are not allowed.', path);
    if (tag !== undefined) throw fail(offset, `the tag ${tag.slice(0, 80)} is not allowed.`, path);
    const memberOf = (name: string | number, line: number): Place => {
      const member: Place = { line, within: new Map() };
      at.within.set(name, member);
      return member;
    };
    if (isScalar(node)) return scalarValue(node);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const line = lineAt((item as Node | null)?.range?.[0] ?? offset);
        return convert(item, [...path, index], memberOf(index, line));
      });
    }
    if (!isMap(node)) throw fail(offset, 'this is neither a value, a list nor a map.', path);
    const result: Record<string, Json> = {};
    for (const { key, value } of node.items) {
      const keyOffset = (key as Node | null)?.range?.[0] ?? offset;
      if (!isScalar(key) || key.anchor !== undefined || key.tag !== undefined)
        throw fail(keyOffset, 'a key must be plain text.', path);
      const name = String(scalarValue(key));
      if (forbiddenKeys.has(name)) throw fail(keyOffset, `the key ${name} is not allowed.`, path);
      if (Object.hasOwn(result, name)) throw fail(keyOffset, 'the key stands here a second time.', [...path, name]);
      result[name] = convert(value, [...path, name], memberOf(name, lineAt(keyOffset)));
    }
    return result;
  };

  const value = convert(document, [], root);
  return {
    value,
    lineOf: (path) => {
      let place = root;
      for (const name of path) {
        const member = place.within.get(name);
        if (member === undefined) break;
        place = member;
      }
      return place.line;
    },
  };
}

/** A scalar's value. Account ids are digits, not quantities: a leading zero must survive. */
function scalarValue(node: { value: unknown; source?: string }): Json {
  const source = node.source ?? '';
  if (typeof node.value === 'number' && (/^[-+]?0\d/.test(source) || /^\d{12,}$/.test(source))) return source;
  if (typeof node.value === 'bigint') return source;
  return node.value === undefined ? null : (node.value as Json);
}

type Fail = (offset: number | undefined, what: string) => UsageError;

/** Composes the document's nodes; every syntax error, and nesting that overflows the parser, becomes an error with a line. */
function parseSafely(text: string, lineCounter: LineCounter, fail: Fail): unknown {
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text, {
      lineCounter,
      version: '1.2',
      schema: 'core',
      merge: false,
      // Compares every key with every other one; duplicates are found by set below.
      uniqueKeys: false,
      prettyErrors: false,
      customTags: [],
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) throw fail(0, 'values are nested too deeply.');
    throw error;
  }
  const [error] = document.errors;
  if (error !== undefined) throw fail(error.pos[0], `this is not valid YAML or JSON: ${error.message}.`);
  return document.contents;
}
