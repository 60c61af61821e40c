import { denied, make, testCheck } from '../../testing.ts';
import { check } from './url-requires-iam.ts';

const auth = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
const configuration = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html';
const url = (authType: 'NONE' | 'AWS_IAM', qualifier: string | null = null) => ({
  url: 'https://abcdefg.lambda-url.eu-west-1.on.aws/',
  authType,
  qualifier,
});

testCheck('lambda-url-requires-iam', check, [
  {
    name: 'with a signature',
    subject: make('AWS::Lambda::Function', { urls: [url('AWS_IAM')] }),
    expect: 'pass',
    source: auth,
  },
  {
    name: 'without authentication',
    subject: make('AWS::Lambda::Function', { urls: [url('NONE')] }),
    expect: 'fail',
    reason: 'on.aws/ requires no',
    source: auth,
  },
  {
    name: 'an alias without authentication',
    subject: make('AWS::Lambda::Function', { urls: [url('AWS_IAM'), url('NONE', 'live')] }),
    expect: 'fail',
    reason: 'of the alias live',
    source: configuration,
  },
  { name: 'no URL', subject: make('AWS::Lambda::Function'), expect: 'not-applicable' },
  {
    name: 'the URLs could not be read',
    subject: make('AWS::Lambda::Function', { urls: denied('lambda:ListFunctionUrlConfigs') }),
    expect: 'unknown',
  },
]);
