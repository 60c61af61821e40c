import { describe, expect, test } from 'vitest';
import { known, unread } from '../../domain/evidence.ts';
import type { AnyResource } from '../../domain/resource.ts';
import { fail, type Judgement, pass } from '../../domain/verdict.ts';
import type { AccountEvidence } from './account-evidence.ts';
import type { Judging } from './context.ts';
import { type CheckContext, resourceCheck, scopeCheck } from './contract.ts';
import { parameterSettings } from './parameters.ts';
import type { CheckEntry } from './registry.ts';
import { appliesTo, type CheckResult, judge, scopesOf } from './run.ts';
import { denied, make, makeEvidence, type Surroundings, testNow } from './testing.ts';

const words = {
  title: 'A rule of this test',
  severity: 'low',
  severityReason: 'It is a test.',
  why: 'It is a test.',
  fix: { text: 'Nothing.' },
  references: [],
  controls: {},
} as const;

function entryOf(check: CheckEntry['check']): CheckEntry {
  return { id: 'test-rule', service: 'test', check };
}

function judging(entry: CheckEntry, evidence: AccountEvidence): Judging {
  return { evidence, now: new Date(testNow), parameters: parameterSettings([entry], []) };
}

function results(
  check: CheckEntry['check'],
  scope: string,
  resources: readonly AnyResource[],
  around?: Surroundings,
): CheckResult[] {
  const entry = entryOf(check);
  return [...judge([entry], scope, judging(entry, makeEvidence(resources, around)))];
}

const accountSubject = 'AWS::::Account:111122223333';
const encrypted = resourceCheck({
  ...words,
  subject: 'AWS::S3::Bucket',
  evaluate: ({ config }) => (known(config.encryption) === null ? fail('No encryption.') : pass('Encrypted.')),
});
const volume = resourceCheck({
  ...words,
  subject: 'AWS::EC2::Volume',
  evaluate: ({ config }) => (config.encrypted ? pass('Encrypted.') : fail('Not encrypted.')),
});
const regional = (evaluate: (context: CheckContext) => Judgement) =>
  scopeCheck({ ...words, subject: 'region', needs: ['AWS::GuardDuty::Detector'], evaluate });
const ofAccount = (evaluate: (context: CheckContext) => Judgement) =>
  scopeCheck({ ...words, subject: 'account', needs: ['AWS::CloudTrail::Trail', 'AWS::IAM::User'], evaluate });

const isGlobal = (type: string): boolean => type === 'AWS::S3::Bucket';

describe('scopes', () => {
  test('an account is judged without regions first, then by region, then as a whole', () => {
    expect(scopesOf(['eu-west-1', 'us-east-1'])).toEqual(['global', 'eu-west-1', 'us-east-1', 'account']);
  });

  const cases = [
    { name: 'a global type', check: encrypted, scopes: ['global'] },
    { name: 'a regional type', check: volume, scopes: ['eu-west-1'] },
    { name: 'a region', check: regional(() => pass('')), scopes: ['eu-west-1'] },
    { name: 'an account', check: ofAccount(() => pass('')), scopes: ['account'] },
  ];
  test.each(cases)('$name is judged in its scope alone', ({ check, scopes }) => {
    const judged = ['global', 'eu-west-1', 'account'].filter((scope) => appliesTo(entryOf(check), scope, isGlobal));
    expect(judged).toEqual(scopes);
  });
});

describe('subjects', () => {
  test('a bucket is judged once, in the scope global, and keeps its own region', () => {
    const bucket = make('AWS::S3::Bucket', {}, { region: 'us-east-1' });
    expect(results(encrypted, 'global', [bucket])).toEqual([
      {
        check: 'test-rule',
        scope: 'global',
        complete: true,
        judgements: [
          {
            check: 'test-rule',
            verdict: 'pass',
            reason: 'Encrypted.',
            severity: 'low',
            title: 'A rule of this test',
            account: '111122223333',
            region: 'us-east-1',
            resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
            resourceType: 'AWS::S3::Bucket',
          },
        ],
      },
    ]);
    expect(results(encrypted, 'us-east-1', [bucket])).toEqual([]);
  });

  test('resources of a region are judged in their region', () => {
    const here = make('AWS::EC2::Volume', {}, { name: 'vol-here' });
    const there = make('AWS::EC2::Volume', { encrypted: false }, { name: 'vol-there', region: 'us-east-1' });
    const [result] = results(volume, 'us-east-1', [here, there]);
    expect(result?.judgements.map((one) => [one.resource, one.verdict, one.region])).toEqual([
      ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-there', 'fail', 'us-east-1'],
    ]);
  });

  test('no resource gives no judgement, and the scope is complete', () => {
    expect(results(volume, 'eu-west-1', [])).toEqual([
      { check: 'test-rule', scope: 'eu-west-1', complete: true, judgements: [] },
    ]);
  });

  test('a region is a subject of its own', () => {
    const [result] = results(
      regional((context) => pass(`Seen in ${context.region}.`)),
      'us-east-1',
      [],
    );
    expect(result).toMatchObject({ scope: 'us-east-1', complete: true });
    expect(result?.judgements).toMatchObject([
      { resource: accountSubject, resourceType: 'AWS::::Account', region: 'us-east-1', reason: 'Seen in us-east-1.' },
    ]);
  });

  test('an account is judged over all regions', () => {
    const trails = [
      make('AWS::CloudTrail::Trail', {}, { name: 'a' }),
      make('AWS::CloudTrail::Trail', {}, { name: 'b', region: 'us-east-1' }),
    ];
    const names = ofAccount((context) =>
      pass(
        context
          .everywhere('AWS::CloudTrail::Trail')
          .map((trail) => trail.name)
          .join(' '),
      ),
    );
    const [result] = results(names, 'account', trails);
    expect(result?.judgements).toMatchObject([{ resource: accountSubject, region: 'global', reason: 'a b' }]);
  });
});

describe('what was not read is unknown', () => {
  test('a part of a resource makes that resource unknown and no other', () => {
    const resources = [
      make('AWS::S3::Bucket', { encryption: denied('s3:GetEncryptionConfiguration') }, { name: 'closed' }),
      make('AWS::S3::Bucket', {}, { name: 'open' }),
    ];
    const [result] = results(encrypted, 'global', resources);
    expect(result?.complete).toBe(true);
    expect(result?.judgements).toMatchObject([
      {
        verdict: 'unknown',
        reason: 'Not readable: s3:GetEncryptionConfiguration (denied).',
        unread: [unread('s3:GetEncryptionConfiguration', 'denied')],
      },
      { verdict: 'pass' },
    ]);
  });

  test('what was read of an incomplete list is judged, and the scope is unknown beside it', () => {
    const [result] = results(volume, 'eu-west-1', [make('AWS::EC2::Volume')], { incomplete: ['AWS::EC2::Volume'] });
    expect(result?.complete).toBe(false);
    expect(result?.judgements.map((one) => [one.resource, one.verdict])).toEqual([
      ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-049df61146c4d7901', 'pass'],
      [accountSubject, 'unknown'],
    ]);
    expect(result?.judgements[1]).toMatchObject({ region: 'eu-west-1', unread: [denied('list of AWS::EC2::Volume')] });
  });

  test('a type that was not collected is unknown', () => {
    const entry = entryOf(volume);
    const evidence = { ...makeEvidence([]), byRegion: new Map() };
    const [result] = [...judge([entry], 'eu-west-1', judging(entry, evidence))];
    expect(result).toMatchObject({
      complete: false,
      judgements: [{ verdict: 'unknown', reason: 'AWS::EC2::Volume was not collected.' }],
    });
    const needing = entryOf(regional((context) => pass(String(context.readable('AWS::GuardDuty::Detector').complete))));
    expect([...judge([needing], 'eu-west-1', judging(needing, evidence))]).toMatchObject([
      { complete: false, judgements: [{ verdict: 'unknown', reason: 'AWS::GuardDuty::Detector was not collected.' }] },
    ]);
  });

  test('another type that a check needs makes its judgement unknown', () => {
    const check = regional((context) => pass(String(context.resources('AWS::GuardDuty::Detector').length)));
    const [result] = results(check, 'eu-west-1', [], { incomplete: ['AWS::GuardDuty::Detector'] });
    expect(result).toMatchObject({ complete: false, judgements: [{ verdict: 'unknown' }] });
  });

  test('"at least one" questions see what was read, and that it is not all', () => {
    const check = regional((context) => {
      const { resources, complete } = context.readable('AWS::GuardDuty::Detector');
      return pass(`${resources.length} ${complete}`);
    });
    const around: Surroundings = { incomplete: ['AWS::GuardDuty::Detector'] };
    expect(results(check, 'eu-west-1', [make('AWS::GuardDuty::Detector')], around)[0]?.judgements[0]?.reason).toBe(
      '1 false',
    );
    expect(results(check, 'eu-west-1', [make('AWS::GuardDuty::Detector')])[0]?.judgements[0]?.reason).toBe('1 true');
  });

  test('one incomplete region makes an answer about all of them incomplete, and names each gap once', () => {
    const seen = ofAccount((context) => {
      const { resources, complete } = context.readableEverywhere('AWS::CloudTrail::Trail');
      return pass(`${resources.length} ${complete}`);
    });
    const all = ofAccount((context) => pass(String(context.everywhere('AWS::CloudTrail::Trail').length)));
    const around: Surroundings = { incomplete: ['AWS::CloudTrail::Trail'] };
    expect(results(seen, 'account', [make('AWS::CloudTrail::Trail')], around)[0]?.judgements[0]?.reason).toBe(
      '1 false',
    );
    expect(results(all, 'account', [], around)[0]?.judgements[0]).toMatchObject({
      verdict: 'unknown',
      unread: [denied('list of AWS::CloudTrail::Trail')],
    });
  });

  test('regions outside the scan make an answer about all of them incomplete', () => {
    const seen = ofAccount((context) => pass(String(context.readableEverywhere('AWS::CloudTrail::Trail').complete)));
    const all = ofAccount((context) => pass(String(context.everywhere('AWS::CloudTrail::Trail').length)));
    expect(results(seen, 'account', [], { everyRegion: false })[0]?.judgements[0]?.reason).toBe('false');
    expect(results(all, 'account', [], { everyRegion: false })[0]?.judgements[0]).toMatchObject({
      verdict: 'unknown',
      reason: 'Not all regions of the account were in the scan.',
    });
  });

  test('a region in which a type was not collected does so too', () => {
    const entry = entryOf(ofAccount((context) => pass(String(context.everywhere('AWS::CloudTrail::Trail').length))));
    const evidence = makeEvidence([]);
    const byRegion = new Map([...evidence.byRegion].filter(([region]) => region !== 'us-east-1'));
    expect([...judge([entry], 'account', judging(entry, { ...evidence, byRegion }))]).toMatchObject([
      {
        complete: false,
        judgements: [{ verdict: 'unknown', reason: 'AWS::CloudTrail::Trail was not collected in every region.' }],
      },
    ]);
  });

  test('a global type is the same everywhere', () => {
    const check = ofAccount((context) =>
      pass(`${context.everywhere('AWS::IAM::User').length} ${context.resources('AWS::IAM::User').length}`),
    );
    expect(results(check, 'account', [make('AWS::IAM::User')], { everyRegion: false })[0]?.judgements[0]?.reason).toBe(
      '1 1',
    );
  });
});

describe('a defect of a check never reads as a pass', () => {
  const defects: { name: string; check: CheckEntry['check']; scope: string; reason: string }[] = [
    {
      name: 'it throws',
      check: regional(() => {
        throw new TypeError('x is undefined');
      }),
      scope: 'eu-west-1',
      reason: 'The check failed: x is undefined',
    },
    {
      name: 'it looks at a type that it does not declare',
      check: regional((context) => pass(String(context.readable('AWS::EC2::Volume')))),
      scope: 'eu-west-1',
      reason: 'The check failed: test-rule looks at AWS::EC2::Volume without declaring it in "needs".',
    },
    {
      name: 'it looks over all regions at a type that it does not declare',
      check: ofAccount((context) => pass(String(context.everywhere('AWS::EC2::Volume')))),
      scope: 'account',
      reason: 'The check failed: test-rule looks at AWS::EC2::Volume without declaring it in "needs".',
    },
    {
      name: 'it looks over all regions from one',
      check: regional((context) => pass(String(context.everywhere('AWS::GuardDuty::Detector')))),
      scope: 'eu-west-1',
      reason: 'The check failed: test-rule looks over all regions but judges no account.',
    },
    {
      name: 'it looks into a region from the account',
      check: ofAccount((context) => pass(String(context.resources('AWS::CloudTrail::Trail')))),
      scope: 'account',
      reason:
        'The check failed: test-rule looks at AWS::CloudTrail::Trail, which lies in regions, from the scope "account".',
    },
    {
      name: 'it asks for a parameter that it does not declare',
      check: regional((context) => pass(String(context.parameter('limit')))),
      scope: 'eu-west-1',
      reason: 'The check failed: test-rule asks for the parameter "limit" without declaring it.',
    },
  ];
  test.each(defects)('$name', ({ check, scope, reason }) => {
    expect(results(check, scope, [])).toMatchObject([
      { complete: false, judgements: [{ verdict: 'unknown', reason }] },
    ]);
  });

  test('in one resource it leaves the others alone', () => {
    const check = resourceCheck({
      ...words,
      subject: 'AWS::EC2::Volume',
      evaluate(one) {
        if (one.name === 'vol-bad') throw new Error('odd');
        return pass('Fine.');
      },
    });
    const resources = [
      make('AWS::EC2::Volume', {}, { name: 'vol-bad' }),
      make('AWS::EC2::Volume', {}, { name: 'vol-good' }),
    ];
    expect(results(check, 'eu-west-1', resources)[0]?.judgements.map((one) => one.verdict)).toEqual([
      'unknown',
      'pass',
    ]);
  });
});

test('a reason is bounded, however long the names in it are', () => {
  const [result] = results(
    regional(() => fail('x'.repeat(100_000))),
    'eu-west-1',
    [],
  );
  expect(result?.judgements[0]?.reason).toHaveLength(1000);
});

test('the partition takes its place in parameters', () => {
  const check = scopeCheck({
    ...words,
    subject: 'region',
    needs: [],
    parameters: {
      arn: { type: 'string', default: 'arn:<partition>:iam::aws:policy/X', description: '' },
      days: { type: 'number', default: 90, description: '' },
    },
    evaluate: (context) => pass(`${context.parameter('arn')} ${context.parameter('days')}`),
  });
  expect(results(check, 'eu-west-1', [], { partition: 'aws-cn' })[0]?.judgements[0]?.reason).toBe(
    'arn:aws-cn:iam::aws:policy/X 90',
  );
});

test('only the checks of a scope are run, in the order given', () => {
  const entries = [
    { id: 'b', service: 'test', check: volume },
    { id: 'c', service: 'test', check: encrypted },
    { id: 'a', service: 'test', check: regional(() => pass('Fine.')) },
  ];
  const found = [
    ...judge(entries, 'eu-west-1', { evidence: makeEvidence([]), now: new Date(testNow), parameters: () => undefined }),
  ];
  expect(found.map((result) => result.check)).toEqual(['b', 'a']);
});
