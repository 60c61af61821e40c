import { describe, expect, test } from 'vitest';
import type { PolicyCase } from './case-format.ts';
import { policyCaseSchema } from './case-format.ts';
import { runCase } from './run-cases.ts';

const account = '111122223333';
const deny = { Version: '2012-10-17', Statement: [{ Sid: 'No', Effect: 'Deny', Action: '*', Resource: '*' }] };
const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const blue = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };
const allowBlue = { Version: '2012-10-17', Statement: [{ ...allow.Statement[0], Condition: blue }] };

function make(more: Record<string, unknown> = {}, request: Record<string, unknown> = {}): PolicyCase {
  const basic = {
    principal: `arn:aws:iam::${account}:user/alice`,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
  };
  return policyCaseSchema.parse({ name: 'n', request: { ...basic, context: {}, ...request }, ...more });
}

const given = (conditions: readonly (string | Record<string, string>)[]): PolicyCase =>
  make({ identityPolicies: [allowBlue], expect: { conditions } }, { unknownContext: ['aws:PrincipalTag/team'] });

describe('expectations', () => {
  test.each<readonly [string, Record<string, unknown>, readonly string[]]>([
    ['none', {}, []],
    ['met', { expect: { decision: 'implicit-deny', wall: 'identity-policy' } }, []],
    ['either denial', { expect: { decision: 'denied' } }, []],
    ['the other denial', { expect: { decision: 'explicit-deny' } }, ['expected explicit-deny, got implicit-deny']],
    [
      'denied, and allowed',
      { identityPolicies: [allow], expect: { decision: 'denied' } },
      ['expected denied, got allowed'],
    ],
    ['no wall asked for', { expect: { wall: '' } }, []],
    ['another wall', { expect: { wall: 'rcp' } }, ['expected the wall rcp, got identity-policy']],
    [
      'a resource policy, where it is none',
      { expect: { wall: 'resource-policy' } },
      ['expected the wall resource-policy, got identity-policy'],
    ],
    [
      'a wall where there is none',
      { identityPolicies: [allow], expect: { wall: 'scp' } },
      ['expected the wall scp, got none'],
    ],
    [
      'a statement',
      { identityPolicies: [deny], expect: { statements: ['No', 'Other'] } },
      ['statement Other did not decide'],
    ],
    [
      'a statement as printed',
      { identityPolicies: [deny], expect: { statements: [{ sid: 'No', effect: 'Deny' }] } },
      [],
    ],
    ['nothing expected', { expect: null }, []],
  ])('%s', (_name, more, differences) => {
    const result = runCase(make(more));
    expect(result.differences).toEqual(differences);
    expect(result.ok).toBe(differences.length === 0);
  });

  test('conditions are found by any part of their text', () => {
    expect(runCase(given(['AWS:principaltag/team', 'static', '"blue"'])).ok).toBe(true);
    expect(runCase(given(['aws:SourceIp'])).differences).toEqual(['condition aws:SourceIp is not asked for']);
    expect(runCase(given([{ key: 'aws:PrincipalTag/team', class: 'static' }])).ok).toBe(true);
    expect(runCase(given([{ key: 'aws:PrincipalTag/team', class: 'secret' }])).ok).toBe(false);
  });

  test.each([
    ['service-control-policy', 'SCP', 'serviceControlPolicies', 'service control policy', 'service_control_policy'],
    ['identity-policy', 'identity', 'identityPolicies', 'identity-based policy', 'Identity Policy'],
    ['permissions-boundary', 'permissionBoundary', 'boundary', 'permissions boundary', 'permission-boundary'],
    ['session-policy', 'sessionPolicies', 'session', 'Session Policy', 'session-policies'],
    ['vpc-endpoint-policy', 'vpcEndpointPolicy', 'VPCE', 'vpc-endpoint', 'vpc endpoint policy'],
    ['resource-control-policy', 'RCP', 'resourceControlPolicies', 'resource control policies', 'resource-control'],
    ['resource-policy', 'resourcePolicy', 'resource-based-policy', 'bucket policy', 'resource'],
  ])('%s by its other names', (wall, ...names) => {
    const layers: Record<string, Record<string, unknown>> = {
      'service-control-policy': { serviceControlPolicies: [[]] },
      'identity-policy': { identityPolicies: [] },
      'permissions-boundary': { permissionBoundary: deny },
      'session-policy': { sessionPolicies: [deny] },
      'vpc-endpoint-policy': { vpcEndpointPolicy: { Statement: [{ ...deny.Statement[0], Principal: '*' }] } },
      'resource-control-policy': {
        resourceControlPolicies: [{ Statement: [{ ...deny.Statement[0], Principal: '*' }] }],
      },
      'resource-policy': { resourcePolicy: { Statement: [{ ...deny.Statement[0], Principal: '*' }] } },
    };
    const principal = { principal: `arn:aws:sts::${account}:assumed-role/app/run` };
    const results = [wall, ...names].map((name) =>
      runCase(make({ ...layers[wall], expect: { wall: name } }, principal)),
    );
    expect(results.map(({ differences }) => differences)).toEqual(results.map(() => []));
  });

  test('a key or trust policy is a resource policy too, a resource policy is no key policy', () => {
    const key = { resource: `arn:aws:kms:eu-west-1:${account}:key/k`, action: 'kms:Decrypt' };
    expect(runCase(make({ expect: { wall: 'resource-policy' } }, key)).ok).toBe(true);
    expect(runCase(make({ expect: { wall: 'kms key policy' } }, key)).ok).toBe(true);
    const other = { resourceAccount: '444455556666' };
    expect(runCase(make({ expect: { wall: 'key-policy' } }, other)).ok).toBe(false);
  });
});

describe('reading a case', () => {
  test.each<readonly [string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['a context makes it complete', {}, {}, 'implicit-deny'],
    ['no context leaves it open', {}, { context: undefined }, 'conditional'],
    ['unknown keys make it complete', {}, { context: undefined, unknownContext: ['aws:SourceIp'] }, 'implicit-deny'],
    ['it can say that it is complete', { completeContext: true }, { context: undefined }, 'implicit-deny'],
    ['it can say that it is not', { completeContext: false }, {}, 'conditional'],
    ['null is no value', {}, { context: { 'aws:PrincipalTag/team': null } }, 'implicit-deny'],
    ['one value needs no list', {}, { context: { 'aws:PrincipalTag/team': 'blue' } }, 'allowed'],
  ])('%s', (_name, more, request, decision) => {
    expect(runCase(make({ identityPolicies: [allowBlue], ...more }, request)).decision).toBe(decision);
  });

  test('numbers and booleans are text', () => {
    const policy = {
      Statement: [{ ...allow.Statement[0], Condition: { Bool: { 'aws:x': 'true' }, NumericEquals: { 'aws:y': '7' } } }],
    };
    expect(runCase(make({ identityPolicies: [policy] }, { context: { 'aws:x': true, 'aws:y': [7] } })).decision).toBe(
      'allowed',
    );
  });

  test('a control policy in the place of a level is a level', () => {
    const noS3 = { Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] };
    const levels = (list: unknown[]): string =>
      runCase(make({ identityPolicies: [allow], serviceControlPolicies: list })).decision;
    expect(levels([allow, noS3])).toBe('implicit-deny');
    expect(levels([[allow, noS3]])).toBe('allowed');
  });

  test('problems are named with their policy and place', () => {
    const [problem] = runCase(
      make({ identityPolicies: [allow, { Statement: { Effect: 'Allow', Action: '*' } }] }),
    ).problems;
    expect(problem).toBe('identityPolicies[1]/Statement: The statement names no Resource.');
  });

  test.each([
    [{ principal: 'nobody' }, 'request.principal'],
    [{ principalAccount: '444455556666' }, 'request.principalAccount'],
  ])('%j is refused with its key', (request, key) => {
    expect(() => runCase(make({}, request))).toThrow(expect.objectContaining({ place: { key } }) as Error);
  });

  test('an account that agrees, and one of a service', () => {
    expect(runCase(make({}, { principalAccount: account })).decision).toBe('implicit-deny');
    expect(runCase(make({}, { principal: 'sns.amazonaws.com', principalAccount: account })).decision).toBe(
      'implicit-deny',
    );
  });
});
