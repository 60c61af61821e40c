// AWS is reached by clients that src/platform/aws builds for a purpose, and by nothing else. Read from the syntax tree:
// the middleware refuses undeclared operations only on clients that carry it.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, test } from 'vitest';
import clients from '../../src/platform/aws/operations/clients.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const sdk = /^@aws-sdk\/client-/;
/** What builds credentials, signs or sends without a client of ours. */
const besideClients = /^@(?:aws-sdk\/(?!client-)|smithy\/)/;
/** Insides of clients and commands: by them a request could pass the refusal. */
const insides = new Set(['middlewareStack', 'resolveMiddleware', 'requestHandler', 'getPrototypeOf']);
/** How a client is asked for; the class is named there and nowhere else. */
const askers = new Set(['client', 'pooled', 'build']);
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
    if (node.type !== 'ImportDeclaration' || node['typeOnly'] === true) continue;
    const module = nameOf(child(node, 'source'));
    if (besideClients.test(module) && !inside) found.push('imports what signs or sends without a client');
    if (!sdk.test(module)) continue;
    for (const specifier of node['specifiers'] as Node[]) {
      const local = nameOf(child(specifier, 'local'));
      const name = nameOf(child(specifier, 'imported')) || local;
      if (specifier.type !== 'ImportSpecifier') found.push('imports a whole SDK client');
      else if (specifier['isTypeOnly'] === true) continue;
      else if (aggregated.has(name)) found.push(`imports the aggregated client ${name}`);
      else imported.set(local, name);
    }
  }
  /** Members of object literals that are a name alone, as in `{ purpose }`. */
  const objects = new Set(
    nodes.filter(({ type }) => type === 'ObjectExpression').flatMap((node) => node['properties'] as Node[]),
  );
  /** Where a client's class is handed to whoever builds it. */
  const handed = new Set<Node>();
  for (const node of nodes) {
    if (node.type !== 'CallExpression') continue;
    const callee = bare(child(node, 'callee'));
    const asked = callee?.type === 'MemberExpression' && askers.has(nameOf(child(callee, 'property')));
    const [first] = (node['arguments'] as { expression?: unknown }[] | undefined) ?? [];
    if (asked && isNode(first?.expression)) handed.add(first.expression);
  }
  const typeNames = new Set(
    nodes.filter(({ type }) => type === 'TsTypeReference').map((node) => child(node, 'typeName')),
  );
  const specifiers = new Set(
    nodes
      .filter(({ type }) => type === 'ImportSpecifier')
      .flatMap((node) => [child(node, 'local'), child(node, 'imported')]),
  );
  for (const node of nodes) {
    if (node.type === 'Identifier' && !specifiers.has(node) && !typeNames.has(node) && !handed.has(node)) {
      const name = imported.get(nameOf(node)) ?? '';
      if (name.endsWith('Client')) found.push(`uses ${name} otherwise than to ask for one`);
    }
    const proto = node.type === 'Identifier' && nameOf(node) === '__proto__';
    if (!inside && (proto || (['Identifier', 'StringLiteral'].includes(node.type) && insides.has(nameOf(node)))))
      found.push('touches the insides of a client');
    const callee = bare(child(node, 'callee'));
    const first = (node['arguments'] as { expression?: unknown }[] | undefined)?.[0]?.expression;
    const argument = isNode(first) ? bare(first) : undefined;
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      if (sdk.test(nameOf(child(node, 'source')))) found.push('re-exports an SDK client');
    } else if (node.type === 'NewExpression') {
      const name = imported.get(nameOf(callee)) ?? '';
      if (name.endsWith('Client')) found.push(`builds ${name}`);
      const named = callee?.type === 'Identifier' || callee?.type === 'ClassExpression';
      const byConstructor = callee?.type === 'MemberExpression' && isConstructor(child(callee, 'property'));
      if ((!named && imported.size > 0) || byConstructor) found.push('builds what is named only when it runs');
    } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      if (imported.has(nameOf(bare(child(node, 'superClass'))))) found.push('derives a class from the SDK');
    } else if (node.type === 'CallExpression') {
      const fixed = argument?.type === 'StringLiteral';
      if (callee?.type === 'Import' && (!fixed || /^@(?:aws-sdk|smithy)\//.test(nameOf(argument)))) {
        found.push(fixed ? 'imports an SDK client when it runs' : 'imports what is named only when it runs');
      }
      // A call of the result is `createRequire(…)(…)`.
      if (callee?.type === 'CallExpression' || nameOf(callee) === 'require') {
        if (sdk.test(nameOf(argument))) found.push('imports an SDK client when it runs');
      }
      const sends = callee?.type === 'MemberExpression' && nameOf(child(callee, 'property')) === 'send';
      if (sends && imported.size > 0 && !isCommand(argument, imported, nodes))
        found.push('sends a command that is not named');
    } else if (!inside && ['KeyValueProperty', 'Identifier', 'AssignmentExpression'].includes(node.type)) {
      const purpose = purposeOf(node, objects);
      if (purpose === undefined) continue;
      const place = Object.hasOwn(places, purpose) ? places[purpose] : undefined;
      if (place?.test(path) === false) found.push(`asks for a client to ${purpose}`);
      if (purpose === '') found.push('asks for a purpose that is not named');
    }
  }
  return [...new Set(found)];
}

/** `constructor`, written as a name or computed. */
function isConstructor(property: Node | undefined): boolean {
  return nameOf(property) === 'constructor' || nameOf(child(property ?? { type: '' }, 'expression')) === 'constructor';
}

/** The purpose that a member of an object literal or an assignment sets: empty when it is no literal. */
function purposeOf(node: Node, shorthands: ReadonlySet<Node>): string | undefined {
  if (node.type === 'Identifier') return shorthands.has(node) && nameOf(node) === 'purpose' ? '' : undefined;
  const key = node.type === 'KeyValueProperty' ? child(node, 'key') : child(child(node, 'left') ?? node, 'property');
  const name = key?.type === 'Computed' ? nameOf(bare(child(key, 'expression'))) : nameOf(key);
  if (name !== 'purpose') return undefined;
  const value = bare(child(node, node.type === 'KeyValueProperty' ? 'value' : 'right'));
  return value?.type === 'StringLiteral' ? nameOf(value) : '';
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
    ['touches the insides of a client', `client.middlewareStack.remove('vedettePurpose');`],
    ['touches the insides of a client', `client['middlewareStack'].remove('vedettePurpose');`],
    ['touches the insides of a client', `const { middlewareStack: stack } = client; stack.clone();`],
    ['touches the insides of a client', `Object.getPrototypeOf(client).send(command);`],
    ['touches the insides of a client', `client.__proto__.send(command);`],
    ['touches the insides of a client', `client.send({ resolveMiddleware: (stack, config) => steal(config) });`],
    ['derives a class from the SDK', `import { S3Client } from '@aws-sdk/client-s3'; class Mine extends S3Client {}`],
    [
      'derives a class from the SDK',
      `import { ListBucketsCommand } from '@aws-sdk/client-s3'; const C = class extends ListBucketsCommand {};`,
    ],
    [
      'uses S3Client otherwise than to ask for one',
      `import { S3Client } from '@aws-sdk/client-s3'; const C = S3Client; new C({});`,
    ],
    [
      'uses S3Client otherwise than to ask for one',
      `import { S3Client } from '@aws-sdk/client-s3'; Reflect.construct(S3Client, [{}]);`,
    ],
    [
      'uses S3Client otherwise than to ask for one',
      `import { S3Client as C } from '@aws-sdk/client-s3'; export { C as Door };`,
    ],
    ['builds what is named only when it runs', `const mine = new client.constructor(client.config);`],
    ['builds what is named only when it runs', `const mine = new (client as Any)['constructor']({});`],
    [
      'imports what signs or sends without a client',
      `import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';`,
    ],
    ['imports what signs or sends without a client', `import { getSignedUrl } from '@aws-sdk/s3-request-presigner';`],
    ['imports what signs or sends without a client', `import { SignatureV4 } from '@smithy/signature-v4';`],
    [
      'imports an SDK client when it runs',
      `import { createRequire } from 'node:module'; createRequire(x)('@aws-sdk/client-s3');`,
    ],
    ['imports what is named only when it runs', `const sdk = await import('@aws-sdk/' + 'client-s3');`],
    ['imports what is named only when it runs', 'const sdk = await import(`@aws-sdk/client-s3`);'],
    ['asks for a client to change', `access.client(S3Client, { region, ['purpose']: 'change', operations });`],
    ['asks for a client to change', `request.purpose = 'change'; access.client(S3Client, request);`],
    ['asks for a purpose that is not named', `const purpose = 'change'; access.client(S3Client, { region, purpose });`],
    ['asks for a purpose that is not named', `access.client(S3Client, { region, purpose: wanted, operations });`],
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
