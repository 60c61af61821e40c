import { denied, make, testCheck } from '../../testing.ts';
import { check } from './no-secrets-in-env.ts';

const variables = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html';
const api = 'https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html';
const secret = { detector: 'generic-api-key', location: 'Environment.DB_PASSWORD', fingerprint: '0123456789abcdef' };

testCheck('lambda-no-secrets-in-env', check, [
  { name: 'variables without secrets', subject: make('AWS::Lambda::Function'), expect: 'pass', source: variables },
  {
    name: 'a secret',
    subject: make('AWS::Lambda::Function', { environmentSecrets: [secret] }),
    expect: 'fail',
    reason: 'Environment.DB_PASSWORD',
    source: variables,
  },
  { name: 'no variables', subject: make('AWS::Lambda::Function', { environmentNames: [] }), expect: 'not-applicable' },
  {
    name: 'Lambda could not decrypt them',
    subject: make('AWS::Lambda::Function', {
      environmentNames: denied('lambda:ListFunctions'),
      environmentSecrets: denied('lambda:ListFunctions'),
    }),
    expect: 'unknown',
    source: api,
  },
  { name: 'the functions could not be listed', incomplete: ['AWS::Lambda::Function'], expect: 'unknown' },
]);
