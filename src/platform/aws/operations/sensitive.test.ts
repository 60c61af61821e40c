// What the SDK's models mark as sensitive in an answer shows which reads return secrets, for all operations at once.

import { readFileSync } from 'node:fs';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../purpose.ts';
import clients from './clients.json' with { type: 'json' };

/** Marked as sensitive because they tell of persons, machines or names: no secret opens anything by them. */
const personal =
  /name|title|address|phone|email|city|postal|county|district|state|country|website|owner|description|\bId$|key_?id|ekpub|keyvalue|resources\[\]\.value|nexttoken|error\.message|accesskeyid|kmsmasterkey|sources\[\]/i;

/** Answers that may hold a secret and are read nevertheless, each with its reason. */
const reviewed: Readonly<Record<string, string>> = {
  'ec2:DescribeLaunchTemplateVersions': 'user data: a collector has to look for secrets in it and keep none',
  'ec2:DescribeSpotFleetRequests': 'user data, as above',
  'ec2:DescribeSpotInstanceRequests': 'user data, as above',
  'ec2:GetLaunchTemplateData': 'user data, as above',
  'lambda:GetFunctionConfiguration': 'environment variables: the collector looks for secrets and keeps none',
  'lambda:ListFunctions': 'environment variables, as above',
  'lambda:ListVersionsByFunction': 'environment variables, as above',
  'iam:ListVirtualMFADevices': 'the seed is in the answer that makes a device, and not in lists',
  'rds:DescribeDBClusters': 'a pending password is masked',
  'rds:DescribeDBInstances': 'a pending password is masked',
  'rds:DescribeTenantDatabases': 'a pending password is masked',
  'rds:DescribeDBProxyTargetGroups': 'a statement that opens connections',
  'rds:DescribeOptionGroups': 'settings of options',
};

/** The members of an answer that its model marks as sensitive, as paths. */
function sensitiveIn(schema: NormalizedSchema, path = '', seen = new Set<unknown>()): string[] {
  if (schema.getMergedTraits().sensitive) return [path];
  if (schema.isStructSchema()) {
    const name = schema.getName(true);
    if (seen.has(name)) return [];
    seen.add(name);
    return [...schema.structIterator()].flatMap(([member, inner]) => sensitiveIn(inner, `${path}.${member}`, seen));
  }
  if (schema.isListSchema() || schema.isMapSchema()) return sensitiveIn(schema.getValueSchema(), `${path}[]`, seen);
  return [];
}

type CommandClass = new (input: object) => { schema?: readonly unknown[] };

async function sensitiveOf(client: { package: string; service: string }): Promise<[string, string[]][]> {
  const sdk = (await import(`@aws-sdk/${client.package}`)) as Record<string, unknown>;
  return Object.entries(sdk).flatMap(([name, Command]): [string, string[]][] => {
    if (!/^[A-Z]\w+Command$/.test(name) || typeof Command !== 'function') return [];
    const operation = `${client.service}:${name.slice(0, -'Command'.length)}`;
    const output = new (Command as CommandClass)({}).schema?.[5];
    return output === undefined ? [] : [[operation, sensitiveIn(NormalizedSchema.of(output as never))]];
  });
}

describe('an operation that may be read', () => {
  test('returns nothing that AWS marks as secret, but for what was reviewed', async () => {
    const all = (await Promise.all(Object.values(clients).map(sensitiveOf))).flat();
    expect(all.length).toBeGreaterThan(2000);
    const secret = all.filter(([, paths]) => paths.some((path) => !personal.test(path)));
    expect(secret.map(([operation]) => operation)).toContain('secretsmanager:GetSecretValue');
    const readable = secret.filter(([operation]) => refusalOf('read', operation) === undefined);
    expect(readable.map(([operation]) => operation).sort()).toEqual(Object.keys(reviewed).sort());
  });

  test('every page that a review names is one of AWS', () => {
    const text = readFileSync(new URL('purposes.json', import.meta.url), 'utf8');
    for (const [, url] of text.matchAll(/"url": "([^"]+)"/g))
      expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});
