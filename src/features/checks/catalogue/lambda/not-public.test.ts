import type { FunctionAlias, FunctionConfig } from '../../../../domain/resources/lambda.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { type Part, documentOf, publicPolicyCases } from '../../testing/policies.ts';
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

const anybody = {
  Sid: 'Anybody',
  Effect: 'Allow',
  Principal: '*',
  Action: ['lambda:GetFunction', 'lambda:InvokeFunction'],
  Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:orders-api',
};
const subject = (changes: Part = {}) =>
  make('AWS::Lambda::Function', { policy: documentOf({ ...anybody, ...changes }) });

const aliases = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html';
const aliased = (policy: FunctionAlias['policy'], more: Partial<FunctionConfig> = {}) =>
  make('AWS::Lambda::Function', { policy: null, aliases: [{ name: 'live', version: '3', policy }], ...more });

testCheck('lambda-not-public', check, [
  ...publicPolicyCases(subject, rule, 'lambda:GetFunction'),
  {
    name: 'everybody by a function URL',
    subject: make('AWS::Lambda::Function', { ...byUrl('NONE'), urls: [url('NONE')] }),
    expect: 'fail',
    reason: 'https://abcdefg.lambda-url.eu-west-1.on.aws/ (NONE)',
    source: urls,
  },
  {
    name: 'everybody by a function URL, with both permissions that it needs since October 2025',
    subject: make('AWS::Lambda::Function', {
      policy: documentOf(
        {
          ...anybody,
          Action: 'lambda:InvokeFunctionUrl',
          Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
        },
        {
          ...anybody,
          Action: 'lambda:InvokeFunction',
          Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
        },
      ),
      urls: [url('NONE')],
    }),
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
  {
    name: 'everybody by an alias',
    subject: aliased(documentOf({ ...anybody, Resource: `${anybody.Resource}:live` })),
    expect: 'fail',
    reason: 'The alias live is public: everybody may lambda:GetFunction',
    source: aliases,
  },
  {
    name: 'everybody by the function URL of an alias',
    subject: aliased(
      documentOf({
        ...anybody,
        Action: 'lambda:InvokeFunctionUrl',
        Resource: `${anybody.Resource}:live`,
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      }),
      { urls: [{ ...url('NONE'), qualifier: 'live' }] },
    ),
    expect: 'fail',
    reason: 'https://abcdefg.lambda-url.eu-west-1.on.aws/ (NONE)',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
  },
  {
    name: 'everybody by an alias, and the policy of the function could not be read',
    subject: aliased(documentOf({ ...anybody, Resource: '*' }), { policy: denied('lambda:GetPolicy') }),
    expect: 'fail',
  },
  {
    name: 'an alias for its own account alone',
    subject: aliased(
      documentOf({ ...anybody, Principal: { AWS: '111122223333' }, Resource: `${anybody.Resource}:live` }),
    ),
    expect: 'pass',
    source: aliases,
  },
  {
    name: 'an alias whose policy speaks of another alias',
    subject: aliased(documentOf({ ...anybody, Resource: `${anybody.Resource}:beta` })),
    expect: 'pass',
  },
  { name: 'an alias without a policy', subject: aliased(null), expect: 'not-applicable' },
  {
    name: 'the policy of an alias could not be read',
    subject: aliased(denied('lambda:GetPolicy')),
    expect: 'unknown',
  },
  {
    name: 'the aliases could not be listed',
    subject: make('AWS::Lambda::Function', { policy: null, aliases: denied('lambda:ListAliases') }),
    expect: 'unknown',
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
