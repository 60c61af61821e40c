import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from './cases.schema.json' with { type: 'json' };
import { policyCaseSchema } from './case-format.ts';
import { readCases } from './read-cases.ts';

const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allowMatchingProperties: true,
}).compile(schema);

const sound = {
  name: 'n',
  source: 'https://docs.aws.amazon.com/',
  request: { principal: '*', action: 's3:GetObject', resource: '*', context: { 'aws:SourceIp': ['203.0.113.7'] } },
  identityPolicies: [],
  permissionBoundary: null,
  sessionPolicies: [],
  resourcePolicy: null,
  vpcEndpointPolicy: null,
  serviceControlPolicies: [[{}], []],
  resourceControlPolicies: [],
  principalInManagementAccount: false,
  resourceInManagementAccount: false,
  completeContext: true,
  settings: {
    publicAccessBlock: { account: {}, bucket: { RestrictPublicBuckets: true } },
    objectOwnership: '',
    acl: [{ grantee: 'AllUsers', permission: 'READ' }],
    accessPointPolicy: null,
    kmsGrants: [{ GranteePrincipal: 'arn:aws:iam::111122223333:role/app', Operations: ['Decrypt'] }],
  },
  expect: { decision: 'denied', statements: ['Sid'], conditions: [], wall: '' },
};

const request = sound.request;
const changed: readonly (readonly [string, unknown, boolean])[] = [
  ['the format of the documentation', sound, true],
  ['only what is required', { name: 'n', request: { principal: '*', action: 's3:GetObject', resource: '*' } }, true],
  ['no name', { ...sound, name: undefined }, false],
  ['an empty name', { ...sound, name: '' }, false],
  ['an unknown field', { ...sound, permissionsBoundary: {} }, false],
  ['an unknown field of the request', { ...sound, request: { ...request, region: 'eu-west-1' } }, false],
  ['an unknown field of the expectation', { ...sound, expect: { result: 'allowed' } }, false],
  ['no action', { ...sound, request: { ...request, action: undefined } }, false],
  ['a wildcard for an action', { ...sound, request: { ...request, action: 's3:*' } }, false],
  ['a context value that is an object', { ...sound, request: { ...request, context: { a: {} } } }, false],
  ['a context value alone', { ...sound, request: { ...request, context: { a: 'b', c: 1, d: true } } }, true],
  ['a context value that is null', { ...sound, request: { ...request, context: { a: null } } }, true],
  ['remarks', { ...sound, description: 'd', comment: 'c' }, true],
  [
    'a statement as printed',
    { ...sound, expect: { statements: [{ sid: 'A', effect: 'Allow' }], conditions: [{ key: 'k' }] } },
    true,
  ],
  ['a statement without Sid', { ...sound, expect: { statements: [{ effect: 'Allow' }] } }, false],
  ['a condition that is no text', { ...sound, expect: { conditions: [{ key: 7 }] } }, false],
  ['a policy as text', { ...sound, resourcePolicy: '{}' }, true],
  ['identity policies that are no list', { ...sound, identityPolicies: {} }, false],
  ['an unknown decision', { ...sound, expect: { decision: 'maybe' } }, false],
  [
    'an ACL of AWS',
    { ...sound, settings: { acl: [{ Grantee: { Type: 'Group', URI: 'u' }, Permission: 'READ' }] } },
    true,
  ],
  ['an ACL without permission', { ...sound, settings: { acl: [{ grantee: 'AllUsers' }] } }, false],
  ['an unknown permission', { ...sound, settings: { acl: [{ grantee: 'AllUsers', permission: 'ALL' }] } }, false],
  ['a grant without operations', { ...sound, settings: { kmsGrants: [{ granteePrincipal: 'x' }] } }, false],
  [
    'a block that is no boolean',
    { ...sound, settings: { publicAccessBlock: { bucket: { BlockPublicAcls: 1 } } } },
    false,
  ],
  ['an unknown ownership', { ...sound, settings: { objectOwnership: 'Mine' } }, false],
  ['settings that are nothing', { ...sound, settings: null, expect: null }, true],
  ['a text', 'case', false],
];

describe('the JSON schema and the reader agree', () => {
  test.each(changed)('%s', (_name, value, valid) => {
    const json: unknown = JSON.parse(JSON.stringify(value));
    expect(policyCaseSchema.safeParse(json).success).toBe(valid);
    expect(validate(json)).toBe(valid);
    expect(validate([json])).toBe(valid);
  });

  test('all cases fit the schema', () => {
    const folder = join(import.meta.dirname, 'cases');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    const wrong = files.filter((file) => !validate(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
    expect(wrong).toEqual([]);
  });
});

const faults = (text: string): string[] => readCases(text).faults.map(({ key, message }) => `${key}: ${message}`);
const one = (extra: string): string =>
  `{"name":"n","request":{"principal":"*","action":"s3:GetObject","resource":"*"}${extra}}`;

describe('case files that cannot be read name the key', () => {
  test('not JSON', () => {
    expect(faults('{"name":')).toEqual([': not JSON: the text ends too early (character 8)']);
  });
  test('a fault deep inside a list', () => {
    const text = `[${one('')},${one(',"request":{"principal":7}')}]`;
    expect(faults(text).some((fault) => fault.startsWith('[1].request'))).toBe(true);
  });
  test('a key given twice', () => {
    expect(faults(one(',"completeContext":true,"completeContext":false'))).toEqual([
      'completeContext: given more than once',
    ]);
    expect(faults(`[${one(',"expect":{"decision":"allowed","decision":"denied"}')}]`)).toEqual([
      '[0].expect.decision: given more than once',
    ]);
    const context = '"context":{"aws:SourceIp":"203.0.113.7","aws:SourceIp":"198.51.100.7"}';
    const request = `"request":{"principal":"*","action":"s3:GetObject","resource":"*",${context}}`;
    expect(faults(`{"name":"n",${request}}`)).toEqual(['request.context.aws:SourceIp: given more than once']);
  });
  test('a key given twice inside a policy is the policy’s matter', () => {
    expect(faults(one(',"resourcePolicy":{"Statement":[],"Statement":[]}'))).toEqual([]);
  });
  test('sound cases are read beside the faulty ones', () => {
    expect(readCases(`[${one('')},{}]`).cases.map(({ key }) => key)).toEqual(['[0]']);
  });
});
