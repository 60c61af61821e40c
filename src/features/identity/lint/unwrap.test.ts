import { expect, test } from 'vitest';
import { lintPolicy } from './lint.ts';
import { unwrap } from './unwrap.ts';

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObjcet', Resource: '*' }] };
const text = JSON.stringify(document);

test.each<[string, unknown, string, string | undefined]>([
  [
    'get-policy-version',
    { PolicyVersion: { Document: document, VersionId: 'v1' } },
    '/PolicyVersion/Document',
    undefined,
  ],
  [
    'get-role',
    { Role: { RoleName: 'a', AssumeRolePolicyDocument: document } },
    '/Role/AssumeRolePolicyDocument',
    'trust',
  ],
  ['get-role-policy', { RoleName: 'a', PolicyDocument: document }, '/PolicyDocument', undefined],
  ['get-role-policy, encoded', { PolicyDocument: encodeURIComponent(text) }, '/PolicyDocument', undefined],
  ['get-bucket-policy', { Policy: text }, '/Policy', 'resource'],
  ['get-queue-attributes', { Attributes: { Policy: text } }, '/Attributes/Policy', 'resource'],
  [
    'describe-policy',
    { Policy: { PolicySummary: { Type: 'SERVICE_CONTROL_POLICY' }, Content: text } },
    '/Policy/Content',
    'service-control',
  ],
])('%s', (_, answer, place, kind) => {
  expect(unwrap(JSON.stringify(answer))).toEqual({ text, place, kind });
});

test.each([
  text,
  '',
  '{',
  '[]',
  'null',
  '{"Policy": "no"}',
  '{"Policy": 1}',
  '{"PolicyDocument": "%7B%"}',
  '{"__proto__": {"Policy": "{}"}}',
])('nothing to unwrap in %s', (given) => {
  expect(unwrap(given)).toBeUndefined();
});

test('lines are those of the answer', () => {
  const answer = JSON.stringify({ PolicyVersion: { VersionId: 'v1', Document: document } }, undefined, 2);
  const wrapped = unwrap(answer)!;
  const within = { text: answer, place: wrapped.place };
  const { findings } = lintPolicy(wrapped.text, { name: 'p', kind: 'identity' }, new Date(0), within);
  expect(findings.map(({ code, line }) => [code, line])).toEqual([['unknown-action', 9]]);
});
