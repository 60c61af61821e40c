// AWS is reached by clients that src/platform/aws builds for a purpose, and by nothing else. Read from the syntax tree:
// the middleware refuses undeclared operations only on clients that carry it.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, test } from 'vitest';
import clients from '../../src/platform/aws/operations/clients.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const sdk = /^@aws-sdk\/client-/;
/** `S3`, `EC2`, …: the classes with one method for each operation, which no middleware can tell apart by declaration. */
const aggregated = new Set(Object.keys(clients).map((name) => name.replace(/Client$/, '')));

/** Where a purpose may be named, beside src/platform/aws. */
const places: Readonly<Record<string, RegExp>> = {
  deliver: /^src\/features\/(notify|reports)\//,
  change: /^src\/features\/(response\/playbooks|installer)\//,
};

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const member of value) yield* nodesIn(member);
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) yield value;
    for (const member of Object.values(value)) yield* nodesIn(member);
  }
}

const child = (node: Node, key: string): Node | undefined => (isNode(node[key]) ? node[key] : undefined);
const nameOf = (node: Node | undefined): string => (typeof node?.['value'] === 'string' ? node['value'] : '');

/** Parentheses and type assertions change nothing of what is called. */
function bare(node: Node | undefined): Node | undefined {
  const wrappers = [
    'ParenthesisExpression',
    'TsAsExpression',
    'TsNonNullExpression',
    'TsTypeAssertion',
    'TsSatisfiesExpression',
  ];
  return node !== undefined && wrappers.includes(node.type) ? bare(child(node, 'expression')) : node;
}

/** What a source does that only src/platform/aws may, or nobody. */
function violationsIn(path: string, source: string): string[] {
  const found: string[] = [];
  const inside = path.startsWith('src/platform/aws/');
  const nodes = [...nodesIn(parseSync(source, { syntax: 'typescript', target: 'esnext' }))];
  /** Names in this file for what the SDK exports. */
  const imported = new Map<string, string>();
  for (const node of nodes) {
    if (node.type !== 'ImportDeclaration' || !sdk.test(nameOf(child(node, 'source'))) || node['typeOnly'] === true)
      continue;
    for (const specifier of node['specifiers'] as Node[]) {
      const local = nameOf(child(specifier, 'local'));
      const name = nameOf(child(specifier, 'imported')) || local;
      if (specifier.type !== 'ImportSpecifier') found.push('imports a whole SDK client');
      else if (specifier['isTypeOnly'] === true) continue;
      else if (aggregated.has(name)) found.push(`imports the aggregated client ${name}`);
      else imported.set(local, name);
    }
  }
  for (const node of nodes) {
    const callee = bare(child(node, 'callee'));
    const first = (node['arguments'] as { expression?: unknown }[] | undefined)?.[0]?.expression;
    const argument = isNode(first) ? bare(first) : undefined;
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      if (sdk.test(nameOf(child(node, 'source')))) found.push('re-exports an SDK client');
    } else if (node.type === 'NewExpression') {
      const name = imported.get(nameOf(callee)) ?? '';
      if (name.endsWith('Client')) found.push(`builds ${name}`);
      if (callee?.type !== 'Identifier' && imported.size > 0) found.push('builds what is named only when it runs');
    } else if (node.type === 'CallExpression') {
      if (['Import', 'Identifier'].includes(callee?.type ?? '') && sdk.test(nameOf(argument))) {
        found.push('imports an SDK client when it runs');
      }
      const sends = callee?.type === 'MemberExpression' && nameOf(child(callee, 'property')) === 'send';
      if (sends && imported.size > 0 && !isCommand(argument, imported, nodes))
        found.push('sends a command that is not named');
    } else if (node.type === 'MemberExpression' && !inside) {
      if (nameOf(child(node, 'property')) === 'middlewareStack') found.push('touches the middleware of a client');
    } else if (node.type === 'KeyValueProperty' && !inside && nameOf(child(node, 'key')) === 'purpose') {
      const purpose = nameOf(child(node, 'value'));
      const place = Object.hasOwn(places, purpose) ? places[purpose] : undefined;
      if (place?.test(path) === false) found.push(`asks for a client to ${purpose}`);
    }
  }
  return [...new Set(found)];
}

/** A command built on the spot, or a constant that is one wherever the name is declared in the file. */
function isCommand(node: Node | undefined, imported: ReadonlyMap<string, string>, nodes: readonly Node[]): boolean {
  if (node?.type === 'NewExpression') {
    return imported.get(nameOf(bare(child(node, 'callee'))))?.endsWith('Command') === true;
  }
  if (node?.type !== 'Identifier') return false;
  const name = nameOf(node);
  const declared = nodes.filter((one) => nameOf(bare(child(one, 'id'))) === name && one.type === 'VariableDeclarator');
  const constants = nodes.filter((one) => one.type === 'VariableDeclaration' && one['kind'] === 'const');
  const constant = declared.every((one) => constants.some((list) => (list['declarations'] as Node[]).includes(one)));
  const parameter = nodes.some((one) => one.type === 'Parameter' && nameOf(child(one, 'pat')) === name);
  return (
    declared.length > 0 &&
    constant &&
    !parameter &&
    declared.every((one) => isCommand(bare(child(one, 'init')), imported, []))
  );
}

describe('AWS clients', () => {
  test('are built and used only as they may be', () => {
    const paths = globSync('src/**/*.ts', { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => !/(\.test|\/testing[a-z-]*)\.ts$|\/testing\//.test(path));
    expect(paths.length).toBeGreaterThan(100);
    const violations = paths.flatMap((path) =>
      violationsIn(path, readFileSync(join(root, path), 'utf8')).map((violation) => `${path} ${violation}`),
    );
    expect(violations).toEqual([]);
  });

  const place = 'src/features/inventory/collectors/s3/planted.ts';

  test.each([
    ['imports the aggregated client S3', `import { S3 } from '@aws-sdk/client-s3';`],
    ['imports the aggregated client S3', `import { S3 as Storage } from '@aws-sdk/client-s3'; new Storage({});`],
    ['imports a whole SDK client', `import * as s3 from '@aws-sdk/client-s3'; new s3.S3Client({});`],
    ['imports a whole SDK client', `import s3 from '@aws-sdk/client-s3';`],
    ['imports an SDK client when it runs', `const { S3Client } = await import('@aws-sdk/client-s3');`],
    ['imports an SDK client when it runs', `const s3 = require('@aws-sdk/client-s3');`],
    ['re-exports an SDK client', `export { S3Client } from '@aws-sdk/client-s3';`],
    ['re-exports an SDK client', `export * from '@aws-sdk/client-s3';`],
    ['builds S3Client', `import { S3Client } from '@aws-sdk/client-s3'; const client = new S3Client({});`],
    ['builds S3Client', `import { S3Client as C } from '@aws-sdk/client-s3'; const client = new (C as never)({});`],
    [
      'builds what is named only when it runs',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; const all = { ListBucketsCommand }; new all[name]({});`,
    ],
    [
      'sends a command that is not named',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; let c = new ListBucketsCommand({}); c = other; client.send(c);`,
    ],
    [
      'sends a command that is not named',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; function run(c: ListBucketsCommand) { return client.send(c); }`,
    ],
    [
      'sends a command that is not named',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; const c = make('ListBuckets'); client.send(c);`,
    ],
    [
      'sends a command that is not named',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; client.send(new commands['List' + x]({}));`,
    ],
    ['touches the middleware of a client', `client.middlewareStack.remove('vedettePurpose');`],
    ['asks for a client to change', `access.client(S3Client, { region, purpose: 'change', operations });`],
    ['asks for a client to deliver', `access.client(S3Client, { region, purpose: 'deliver', operations });`],
  ])('%s: %s', (violation, source) => {
    expect(violationsIn(place, source)).toContain(violation);
  });

  test.each([
    [
      place,
      `import { ListBucketsCommand, S3Client, paginateListBuckets } from '@aws-sdk/client-s3';
      const client = context.client(S3Client); await client.send(new ListBucketsCommand({}), { abortSignal });`,
    ],
    [
      place,
      `import { ListBucketsCommand } from '@aws-sdk/client-s3';
      const command = new ListBucketsCommand({}); await context.client(S3Client).send(command);`,
    ],
    [
      place,
      `import type { S3 } from '@aws-sdk/client-s3'; import { type Account } from '@aws-sdk/client-organizations';`,
    ],
    [place, `socket.send(text); new things[name]();`],
    ['src/features/notify/sns.ts', `access.client(SNSClient, { region, purpose: 'deliver', operations });`],
    [
      'src/features/response/playbooks/x/apply.ts',
      `access.client(S3Client, { region, purpose: 'change', operations });`,
    ],
    ['src/platform/aws/call-middleware.ts', `client.middlewareStack.add(x, y);`],
  ])('%s may: %s', (path, source) => {
    expect(violationsIn(path, source)).toEqual([]);
  });
});
