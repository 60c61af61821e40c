import { describe, expect, test } from 'vitest';
import { notRefused } from './not-refused.ts';

const arn = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const deny = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: arn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const asked = (...statements: readonly object[]) => ({
  kind: 'queue' as const,
  arn,
  account: '111122223333',
  policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});
const open = (keys: Record<string, string[]>, ...statements: readonly object[]): readonly string[] =>
  notRefused(asked(...statements), keys).actions.map(({ action }) => action);
const plain = { 'aws:SecureTransport': ['false'] };

describe('what the denies of a policy leave open', () => {
  test('nothing when they reach everybody and every action', () => {
    expect(open(plain, deny)).toEqual([]);
    expect(open(plain, { ...deny, Principal: { AWS: ['*', '444455556666'] } })).toEqual([]);
    expect(open(plain, { ...deny, Principal: { AWS: '444455556666' } })).toContain('sqs:SendMessage');
  });

  test('everything when the keys do not meet their condition, or are not given', () => {
    expect(open({ 'aws:SecureTransport': ['true'] }, deny)).toContain('sqs:SendMessage');
    expect(open({}, deny)).toContain('sqs:SendMessage');
  });

  test('nothing when one condition or its opposite holds', () => {
    const from = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
    const notFrom = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
    expect(open(plain, { ...deny, Condition: from }, { ...deny, Condition: notFrom })).toEqual([]);
    expect(open(plain, { ...deny, Condition: from })).not.toEqual([]);
  });

  test('the actions of which they do not speak', () => {
    expect(open(plain, { ...deny, Action: undefined, NotAction: 'sqs:ReceiveMessage' })).toEqual([
      'sqs:ReceiveMessage',
    ]);
  });

  test('everything where a Deny spares somebody, or is no more than said of one', () => {
    expect(open(plain, { ...deny, Principal: undefined, NotPrincipal: { AWS: '*' } })).toContain('sqs:SendMessage');
    expect(open(plain, { ...deny, Principal: undefined, NotPrincipal: { AWS: '444455556666' } })).toContain(
      'sqs:SendMessage',
    );
  });

  test('what is inside of a bucket where any object is left', () => {
    const bucket = 'arn:aws:s3:::amzn-s3-demo-bucket';
    const left = (...Resource: readonly string[]): readonly string[] => {
      const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...deny, Action: 's3:*', Resource }] });
      const asked = { kind: 'bucket' as const, arn: bucket, account: '111122223333', policy };
      return notRefused(asked, plain).actions.map(({ action }) => action);
    };
    expect(left(bucket, `${bucket}/*`)).toEqual([]);
    expect(left(bucket)).toContain('s3:GetObject');
    expect(left(bucket)).not.toContain('s3:ListBucket');
    // Objects with names of one character are left.
    expect(left(bucket, `${bucket}/??*`)).toContain('s3:GetObject');
  });

  test('says what could not be read', () => {
    const { actions, unreadable } = notRefused(asked({ ...deny, Condition: 'none' }), plain);
    expect(actions).not.toEqual([]);
    expect(unreadable).toContain('cannot be read in full');
  });
});
