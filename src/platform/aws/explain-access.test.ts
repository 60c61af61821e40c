import { describe, expect, test } from 'vitest';
import { explainAssumeRole, principalOf } from './explain-access.ts';
import { explainCredentials } from './explain-credentials.ts';
import { awsError } from './testing/scripted-aws.ts';

const roleArn = 'arn:aws:iam::444455556666:role/VedetteRead';
const from = 'arn:aws:sts::111122223333:assumed-role/Scanner/run-1';
const refused = `User: ${from} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
const allow = `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"${roleArn}"}`;

describe('a role that refuses:', () => {
  test.each<[string, string, boolean, string[]]>([
    [
      'AWS does not say why: role, trust, external id and our own policy are named',
      refused,
      true,
      [
        'the role exists',
        'arn:aws:iam::111122223333:role/Scanner',
        'sts:ExternalId is the one',
        'vedette permissions',
        allow,
      ],
    ],
    ['no external id was sent', refused, false, ['demands no sts:ExternalId', allow]],
    [
      'our own policy lacks it: the line to add',
      `${refused} because no identity-based policy allows the sts:AssumeRole action`,
      true,
      [`Add to the policy of arn:aws:iam::111122223333:role/Scanner: ${allow}`],
    ],
    [
      'the trust policy refuses',
      `${refused} because no role trust policy allows the sts:AssumeRole action`,
      true,
      ['its trust policy names arn:aws:iam::111122223333:role/Scanner'],
    ],
  ])('%s', (_, message, externalIdSent, hints) => {
    const error = explainAssumeRole(awsError('AccessDenied', message, 403), { roleArn, from, externalIdSent });
    expect(error).toMatchObject({
      code: 'assume-role-refused',
      place: { account: '444455556666', action: 'sts:AssumeRole' },
    });
    expect(error.message).toContain(`${from} may not assume ${roleArn}`);
    for (const hint of hints) expect(error.hint).toContain(hint);
  });

  test.each([
    [
      'an explicit deny in a service control policy',
      'with an explicit deny in a service control policy',
      'service control policy',
    ],
    [
      'no service control policy that allows',
      'because no service control policy allows the sts:AssumeRole action',
      'service control policy',
    ],
    ['a resource control policy', 'with an explicit deny in a resource control policy', 'resource control policy'],
    [
      'a permissions boundary',
      'because no permissions boundary allows the sts:AssumeRole action',
      'permissions boundary',
    ],
    ['a session policy', 'because no session policy allows the sts:AssumeRole action', 'session policy'],
    ['an explicit deny of our own policy', 'with an explicit deny in an identity-based policy', 'explicit deny'],
    ["an explicit deny in the role's trust", 'with an explicit deny in the role trust policy', 'explicit deny'],
  ])('where it is %s, no Allow is suggested', (_, words, named) => {
    const error = explainAssumeRole(awsError('AccessDenied', `${refused} ${words}`, 403), {
      roleArn,
      from,
      externalIdSent: true,
    });
    expect(error.hint).toContain(named);
    expect(error.hint).not.toContain('"Effect"');
    expect(error.hint).not.toContain('"Allow"');
  });

  test('a region where STS is off', () => {
    const error = explainAssumeRole(awsError('RegionDisabledException', 'STS is not activated in this region', 403), {
      roleArn,
      from,
      externalIdSent: true,
    });
    expect(error).toMatchObject({ code: 'assume-role-refused', hint: expect.stringContaining('AWS_REGION') as string });
  });

  test('throttling is no refusal', () => {
    const error = explainAssumeRole(awsError('Throttling', 'Rate exceeded'), { roleArn, from, externalIdSent: true });
    expect(error).toMatchObject({ code: 'aws-throttled', place: { account: '444455556666' } });
  });
});

test('an error that is explained already stays as it is', () => {
  const first = explainCredentials(awsError('ExpiredToken', 'expired', 403), {
    profile: undefined,
    region: 'eu-west-1',
  });
  expect(explainCredentials(first, { profile: undefined, region: 'eu-west-1' })).toBe(first);
  expect(explainAssumeRole(first, { roleArn, from, externalIdSent: true })).toBe(first);
});

describe('the principal behind an ARN', () => {
  test.each([
    [from, 'arn:aws:iam::111122223333:role/Scanner'],
    ['arn:aws-cn:sts::111122223333:assumed-role/R/s', 'arn:aws-cn:iam::111122223333:role/R'],
    ['arn:aws:iam::111122223333:user/operator', 'arn:aws:iam::111122223333:user/operator'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['nonsense', 'nonsense'],
  ])('%s', (arn, principal) => {
    expect(principalOf(arn)).toBe(principal);
  });
});
