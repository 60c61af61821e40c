// What people read: sentences that stand without the product's documents, and foreign text that stays text.

import { expect, test } from 'vitest';
import { createStyle } from '../../../platform/terminal/colour.ts';
import type { WhoCanReport } from '../evidence/ask-who-can.ts';
import { renderSimulate } from './render-simulate.ts';
import { renderWhoCan } from './render-who-can.ts';
import type { SimulateAnswer } from './simulate.ts';

const plain = createStyle(false);
const hostile = 'x\u001b]8;;https://example.com\u0007y\u202e';

const answer: SimulateAnswer = {
  principal: 'arn:aws:iam::111122223333:role/app',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::logs/x',
  decision: 'explicit-deny',
  statements: [
    {
      policy: `Guard${hostile}`,
      sid: 'No',
      effect: 'Deny',
      why: 'The service control policy denies this.',
      arn: null,
      kind: 'service-control',
      attachedTo: 'OU /Workloads',
      place: '/Statement/0',
    },
  ],
  conditions: [],
  conditionKeys: [],
  wall: 'service-control-policy',
  change: ['Statement "No" of Guard denies; only narrowing it changes that, no Allow does.'],
  unknown: [],
  problems: [],
  notes: [],
};

function at(attachedTo: string): SimulateAnswer['statements'][number] {
  return {
    policy: 'FullAWSAccess',
    sid: null,
    effect: 'Allow',
    why: 'The service control policy allows this.',
    arn: null,
    kind: 'service-control',
    attachedTo,
    place: '/Statement/0',
  };
}

function someone(name: string, conditions: readonly string[] = []) {
  return {
    principal: `arn:aws:iam::111122223333:role/${name}`,
    kind: 'role' as const,
    conditions,
  };
}

test('a denial says what stops it and what would change it', () => {
  const text = renderSimulate(answer, plain);
  expect(text).toContain('DENIED: arn:aws:iam::111122223333:role/app may not call s3:GetObject on arn:aws:s3:::logs/x');
  expect(text).toContain('a service control policy of the organisation (a guardrail on the account)');
  expect(text).toContain('no Allow does');
  expect(text).toContain('attached to OU /Workloads');
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0007\u001b\u202e]/);
});

test('limits at many levels are one line', () => {
  const statements = ['the root', 'OU /a', 'OU /a/b', 'account 111122223333'].map(at);
  const text = renderSimulate({ ...answer, decision: 'allowed', wall: null, change: [], statements }, plain);
  expect(text.match(/FullAWSAccess/g)).toHaveLength(1);
  expect(text).toContain('attached to the root and 3 levels below');
});

test('an answer that rests on what was not read is unknown', () => {
  const text = renderSimulate(
    {
      ...answer,
      decision: 'conditional',
      conditions: ['the policy of bucket logs, which could not be read, allows it'],
      unknown: ['The policy of bucket logs could not be read: s3:GetBucketPolicy was denied.'],
    },
    plain,
  );
  expect(text).toMatch(/^UNKNOWN: /);
  expect(text).toContain('s3:GetBucketPolicy was denied');
});

test('who can: certain and conditional apart, and unknown accounts named', () => {
  const report: WhoCanReport = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::logs/x',
    resourceAccount: '111122223333',
    accounts: [
      {
        account: '111122223333',
        name: hostile,
        allowed: [someone('a')],
        conditional: [someone('b', ['the request is sent over TLS']), someone('c', ['the request is sent over TLS'])],
      },
    ],
    outside: [],
    unknown: {
      accounts: [
        { account: '444455556666', name: 'sealed', reason: 'access was denied', possible: true },
        { account: '777788889999', name: 'far', reason: 'access was denied', possible: false },
      ],
      notes: [],
    },
    notes: [],
  };
  const text = renderWhoCan(report, plain);
  expect(text).toMatch(/^1 principal can call s3:GetObject on arn:aws:s3:::logs\/x, and 2 more under conditions\./);
  expect(text.match(/only if the request is sent over TLS/g)).toHaveLength(1);
  expect(text).toContain('Unknown for 1 account that could not be read:\n  444455556666 sealed: access was denied');
  expect(text).toContain("the resource's policies admit nobody from there: 777788889999 far");
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0007\u001b\u202e]/);
});
