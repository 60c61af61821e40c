// Finds the places in a source where one small change would make the code wrong, and makes that change.

import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

export interface Mutant {
  file: string;
  line: number;
  /** What was done, in words: `=== → !==`, `condition negated`, `statement dropped` … */
  change: string;
  /** Byte offsets of what is replaced. */
  start: number;
  end: number;
  replacement: string;
}

interface Span {
  start: number;
  end: number;
}

type Node = Record<string, unknown> & { type: string; span: Span };

const operators: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '&': '|',
  '|': '&',
};

const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
};

/** Statements that may be dropped without breaking the syntax. */
const droppable = new Set(['ExpressionStatement', 'ContinueStatement', 'BreakStatement', 'ThrowStatement']);

/** All mutants of a file, in the order of the source. */
export function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(file);
  // A statement in front fixes where the parser's byte offsets begin, whatever comments the file starts with.
  const module = parseSync(`;${source.toString()}`, { syntax: 'typescript', target: 'es2024' });
  const origin = (module.body[0]?.span.start ?? 1) + 1;
  const mutants: Mutant[] = [];
  const add = (span: Span, change: string, replacement: string): void => {
    const start = span.start - origin;
    const line = source.subarray(0, start).toString().split('\n').length;
    mutants.push({ file, line, change, start, end: span.end - origin, replacement });
  };
  const text = (span: Span): string => source.subarray(span.start - origin, span.end - origin).toString();
  for (const statement of module.body.slice(1)) visit(statement as unknown as Node, add, text);
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The source with one mutant in it. */
export function applyMutant(source: Buffer, mutant: Mutant): string {
  return source.subarray(0, mutant.start).toString() + mutant.replacement + source.subarray(mutant.end).toString();
}

type Add = (span: Span, change: string, replacement: string) => void;
type Text = (span: Span) => string;

function visit(node: Node, add: Add, text: Text): void {
  if (isTypeLevel(node)) return;
  mutate(node, add, text);
  for (const child of Object.values(node)) {
    for (const item of Array.isArray(child) ? child : [child]) {
      const inner = nodeIn(item);
      if (inner) visit(inner, add, text);
    }
  }
}

/** The node in a member of the tree: arguments and array elements are wrapped in `{ spread, expression }`. */
function nodeIn(value: unknown): Node | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('type' in value && typeof value.type === 'string' && 'span' in value) return value as Node;
  if ('expression' in value) return nodeIn(value.expression);
  if ('type' in value && typeof value.type === 'string') return value as Node;
  return undefined;
}

function isTypeLevel(node: Node): boolean {
  return node.type.startsWith('Ts') && !/^Ts(As|NonNull|Satisfies|ConstAssertion)/.test(node.type)
    ? true
    : node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration';
}

function mutate(node: Node, add: Add, text: Text): void {
  const { span } = node;
  switch (node.type) {
    case 'BinaryExpression':
      return mutateOperator(node, add, text);
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return negate(nodeIn(node['test']), add, text);
    case 'BooleanLiteral':
      return add(span, `${String(node['value'])} → ${String(!node['value'])}`, String(!node['value']));
    case 'UnaryExpression':
      if (node['operator'] === '!') add(span, '! dropped', `(${text(span).slice(1)})`);
      return undefined;
    case 'NumericLiteral':
      return add(span, `${text(span)} → ${Number(node['value']) + 1}`, `(${Number(node['value']) + 1})`);
    case 'ReturnStatement':
      return mutateReturn(node, add);
    case 'MemberExpression':
      return mutateMethod(node, add);
    default:
      if (droppable.has(node.type)) add(span, 'statement dropped', ';');
      return undefined;
  }
}

function mutateOperator(node: Node, add: Add, text: Text): void {
  const operator = String(node['operator']);
  const other = operators[operator];
  const left = nodeIn(node['left']);
  const right = nodeIn(node['right']);
  if (other === undefined || !left || !right) return;
  add(node.span, `${operator} → ${other}`, `((${text(left.span)}) ${other} (${text(right.span)}))`);
}

function negate(test: Node | undefined, add: Add, text: Text): void {
  // A comparison is negated by its operator already.
  if (!test || (test.type === 'BinaryExpression' && /^[!=]==$/.test(String(test['operator'])))) return;
  if (test.type === 'UnaryExpression') return;
  add(test.span, 'condition negated', `!(${text(test.span)})`);
}

function mutateReturn(node: Node, add: Add): void {
  const value = nodeIn(node['argument']);
  if (!value) return add(node.span, 'statement dropped', ';');
  const literal = value.type === 'BooleanLiteral' || (value.type === 'Identifier' && value['value'] === 'undefined');
  if (!literal) add(value.span, 'returned value → undefined', 'undefined');
}

function mutateMethod(node: Node, add: Add): void {
  const property = nodeIn(node['property']);
  const other = property?.type === 'Identifier' ? methods[String(property['value'])] : undefined;
  if (property && other !== undefined && Object.hasOwn(methods, String(property['value']))) {
    add(property.span, `${String(property['value'])} → ${other}`, other);
  }
}
