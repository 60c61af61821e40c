import { denied, make, testCheck } from '../../testing.ts';
import { check } from './not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-public-access-prohibited.html';
const urls = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
const url = (authType: 'NONE' | 'AWS_IAM') => ({
  url: 'https://abcdefg.lambda-url.eu-west-1.on.aws/',
  authType,
  qualifier: null,
});
const byUrl = (authType: 'NONE' | 'AWS_IAM') =>
  subject({
    Action: 'lambda:InvokeFunctionUrl',
    Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': authType } },
  }).config;
const s3 = { Principal: { Service: 's3.amazonaws.com' }, Action: 'lambda:InvokeFunction' };

const subject = (statement: Readonly<Record<string, unknown>> = {}) =>
  make('AWS::Lambda::Function', {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Anybody',
          Effect: 'Allow',
          Principal: '*',
          Action: ['lambda:GetFunction', 'lambda:InvokeFunction'],
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:orders-api',
          ...statement,
        },
      ],
    }),
  });
const under = (Condition: Readonly<Record<string, unknown>>) => subject({ Condition });

testCheck('lambda-not-public', check, [
  { name: 'its own account alone', subject: subject({ Principal: { AWS: '111122223333' } }), expect: 'pass' },
  {
    name: 'everybody',
    subject: subject(),
    expect: 'fail',
    reason: 'everybody may lambda:GetFunction',
    source: rule,
  },
  { name: 'everybody, written as AWS principals', subject: subject({ Principal: { AWS: ['*'] } }), expect: 'fail' },
  {
    name: 'everybody of the organisation',
    subject: under({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    expect: 'pass',
    reason: 'the organisation o-exampleorgid',
    source: rule,
  },
  {
    name: 'everybody of whichever organisation',
    subject: under({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'everybody, with a condition that everybody meets',
    subject: under({ Bool: { 'aws:SecureTransport': 'true' } }),
    expect: 'fail',
    reason: 'if aws:SecureTransport Bool "true"',
  },
  {
    name: 'another account by its id in a condition',
    subject: under({ StringEquals: { 'aws:PrincipalAccount': ['444455556666', '111122223333'] } }),
    expect: 'pass',
    reason: 'account 444455556666',
    source: rule,
  },
  {
    name: 'everybody is denied',
    subject: subject({ Effect: 'Deny' }),
    expect: 'pass',
  },
  {
    name: 'everybody by a function URL',
    subject: make('AWS::Lambda::Function', { ...byUrl('NONE'), urls: [url('NONE')] }),
    expect: 'fail',
    reason: 'https://abcdefg.lambda-url.eu-west-1.on.aws/ (NONE)',
    source: urls,
  },
  {
    name: 'everybody with an AWS account by a function URL',
    subject: make('AWS::Lambda::Function', { ...byUrl('AWS_IAM'), urls: [url('AWS_IAM')] }),
    expect: 'fail',
    source: urls,
  },
  {
    name: 'everybody by a function URL that is not there yet',
    subject: make('AWS::Lambda::Function', { ...byUrl('NONE'), urls: [] }),
    expect: 'fail',
    reason: 'no function URL at present',
    source: rule,
  },
  {
    name: 'everybody by a function URL, and the URLs could not be read',
    subject: make('AWS::Lambda::Function', { ...byUrl('NONE'), urls: denied('lambda:ListFunctionUrlConfigs') }),
    expect: 'fail',
    reason: 'could not be read',
  },
  {
    name: 'a function URL without authentication, and nobody may invoke',
    subject: make('AWS::Lambda::Function', {
      ...subject({ Principal: { AWS: '111122223333' } }).config,
      urls: [url('NONE')],
    }),
    expect: 'pass',
    source: urls,
  },
  {
    name: 'S3 for whichever account',
    subject: subject(s3),
    expect: 'fail',
    reason: 's3.amazonaws.com on behalf of anybody',
    source: rule,
  },
  {
    name: 'S3 for one account',
    subject: subject({ ...s3, Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } }),
    expect: 'pass',
    source: rule,
  },
  {
    name: 'another service for whichever account',
    subject: subject({ ...s3, Principal: { Service: 'events.amazonaws.com' } }),
    expect: 'pass',
    reason: 'events.amazonaws.com on behalf of anybody',
  },
  { name: 'no policy', subject: make('AWS::Lambda::Function', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::Lambda::Function', { policy: denied('the policy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy is not JSON',
    subject: make('AWS::Lambda::Function', { policy: '{' }),
    expect: 'unknown',
    reason: 'not JSON',
  },
]);
