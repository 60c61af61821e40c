// What `boundary generate` writes, `policy lint` has nothing to say about.

import { expect, test } from 'vitest';
import { generateBoundary } from '../boundary/generate.ts';
import { defaultOptions, parseAllowance, parseRequiredTag } from '../boundary/options.ts';
import type { BoundaryOptions } from '../boundary/options.ts';
import { lintPolicy } from './lint.ts';

const boundaryArn = 'arn:aws:iam::111122223333:policy/developer-boundary';
const now = new Date('2026-11-01T00:00:00Z');

test.each<[string, Partial<BoundaryOptions>]>([
  ['the defaults', {}],
  ['services and access levels', { allow: ['s3', 'dynamodb=read+list+write', 'ec2:Describe*'].map(parseAllowance) }],
  ['regions and expiry', { regions: ['eu-central-1'], expires: Date.UTC(2027, 0, 1) }],
  ['delegation', { delegation: 'boundary', boundaryArn }],
  [
    'delegation under a path, with roles',
    { delegation: 'boundary', boundaryArn, delegationPath: '/app/', roles: ['arn:aws:iam::111122223333:role/ci/*'] },
  ],
  [
    'tags',
    {
      allow: ['s3', 'lambda', 'ec2:RunInstances'].map(parseAllowance),
      tags: ['Stage=dev|prod', 'Owner'].map(parseRequiredTag),
    },
  ],
])('%s', (_, options) => {
  const { document } = generateBoundary({ ...defaultOptions, ...options });
  const { findings } = lintPolicy(JSON.stringify(document), { name: 'boundary', kind: 'permissions-boundary' }, now);
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
});

test('with any role left open, lint finds that one way out and no other', () => {
  const { document } = generateBoundary({ ...defaultOptions, roles: ['*'] });
  const { findings } = lintPolicy(JSON.stringify(document), { name: 'boundary', kind: 'permissions-boundary' }, now);
  expect(findings.map(({ code }) => code)).toEqual(['pass-any-role']);
});
