// What a collector declares is what it calls: the read role is generated from the declarations, so a call that is not
// declared would be refused and a declaration that is not called would ask customers for too much.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, test } from 'vitest';
import { collectors } from '../../src/generated/collectors.ts';
import clients from '../../src/platform/aws/operations/clients.json' with { type: 'json' };
import { regionOperations } from '../../src/platform/aws/regions.ts';
import { refusalOf } from '../../src/platform/aws/purpose.ts';

const root = join(import.meta.dirname, '..', '..');
const services = new Map(Object.values(clients).map((client) => [`@aws-sdk/${client.package}`, client.service]));

/** The operations whose commands or paginators a source imports, sorted. */
function operationsCalled(source: string): string[] {
  const called = new Set<string>();
  for (const item of parseSync(source, { syntax: 'typescript', target: 'esnext' }).body) {
    if (item.type !== 'ImportDeclaration' || item.typeOnly) continue;
    const service = services.get(item.source.value);
    if (service === undefined) continue;
    for (const specifier of item.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.isTypeOnly) continue;
      const name = specifier.imported?.value ?? specifier.local.value;
      const operation = /^paginate(\w+)$/.exec(name)?.[1] ?? /^(\w+)Command$/.exec(name)?.[1];
      if (operation !== undefined) called.add(`${service}:${operation}`);
    }
  }
  return [...called].sort();
}

describe('a collector declares what it calls and calls what it declares:', () => {
  test.each(collectors.map(({ id, collector }) => [id, collector] as const))('%s', (id, collector) => {
    const source = readFileSync(join(root, 'src/features/inventory/collectors', `${id}.ts`), 'utf8');
    expect([...collector.operations].sort()).toEqual(operationsCalled(source));
  });

  test('commands and paginators are seen, types are not', () => {
    const source = `
      import { GetBucketAclCommand, type GetBucketCorsCommand, paginateListBuckets as pages } from '@aws-sdk/client-s3';
      import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
      import type { GetBucketPolicyCommand } from '@aws-sdk/client-s3';`;
    expect(operationsCalled(source)).toEqual(['s3:GetBucketAcl', 's3:ListBuckets', 's3control:GetPublicAccessBlock']);
  });
});

test('everything declared may be read', () => {
  const declared = [...collectors.flatMap(({ collector }) => collector.operations), ...regionOperations];
  expect(declared.length).toBeGreaterThan(50);
  expect(declared.flatMap((operation) => refusalOf('read', operation) ?? [])).toEqual([]);
});
