import { make, testCheck } from '../../testing.ts';
import { check } from './supported-runtime.ts';

const runtimes = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2';
const running = (runtime: string | null, packageType: 'Zip' | 'Image' = 'Zip') =>
  make('AWS::Lambda::Function', { runtime, packageType });

testCheck('lambda-supported-runtime', check, [
  { name: 'supported for years', subject: running('nodejs24.x'), expect: 'pass', reason: '2028-04-30' },
  {
    name: 'deprecated this year',
    subject: running('nodejs20.x'),
    expect: 'fail',
    reason: '2026-04-30',
    source: runtimes,
  },
  { name: 'deprecated long ago', subject: running('python2.7'), expect: 'fail' },
  {
    name: 'the day before its deprecation',
    subject: running('python3.11'),
    now: '2027-06-29T23:59:59Z',
    expect: 'pass',
    source: runtimes,
  },
  {
    name: 'the day of its deprecation',
    subject: running('python3.11'),
    now: '2027-06-30T00:00:00Z',
    expect: 'fail',
    source: runtimes,
  },
  { name: 'a container image', subject: running(null, 'Image'), expect: 'not-applicable', source: control },
  {
    name: 'a container image that names an old runtime',
    subject: running('python2.7', 'Image'),
    expect: 'not-applicable',
  },
  { name: 'no runtime', subject: running(null), expect: 'not-applicable' },
  { name: 'a runtime that came later', subject: running('nodejs30.x'), expect: 'unknown', reason: 'nodejs30.x' },
  { name: 'the functions could not be listed', incomplete: ['AWS::Lambda::Function'], expect: 'unknown' },
]);
