import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import type { AccountSeverities, ScanSummary } from '../../features/reports/index.ts';
import { createStyle, plainStyle } from '../../platform/terminal/colour.ts';
import { displayWidth } from '../../platform/terminal/width.ts';
import { difference, moment, verdictSentence } from './summary-words.ts';
import { renderSummary } from './summary.ts';

function account(index: number, change: Partial<AccountSeverities> = {}): AccountSeverities {
  const id = String(100_000_000_000 + index);
  return { id, name: `account-${index}`, scan: 'complete', score: 80, coverage: 1, counts: {}, ...change };
}

function summaryOf(change: Partial<ScanSummary> = {}): ScanSummary {
  return {
    scan: 'scan-1',
    organizationId: 'o-exampleorgid',
    simulated: true,
    finished: true,
    durationMs: 48_200,
    apiCalls: 12_340,
    regions: 17,
    checks: 82,
    score: 61.28,
    coverage: 0.9449,
    accounts: [account(1, { counts: { critical: 2, high: 1 } }), account(2, { counts: { low: 4 } }), account(3)],
    manual: 1,
    fixFirst: [
      {
        severity: 'critical',
        title: 'S3 bucket can be read by everyone',
        check: 's3-bucket-public-read',
        findings: 2,
        accounts: 1,
        example: {
          account: '100000000001',
          accountName: 'account-1',
          region: 'eu-west-1',
          resource: 'arn:aws:s3:::example-bucket-with-a-name-that-is-long-enough-to-be-cut',
          reason: 'The bucket policy allows s3:GetObject to everyone, and Block Public Access is off.',
        },
        command:
          'npm run -s vedette -- checks show s3-bucket-public-read --data-dir /a/long/folder/name/of/somebody --demo',
      },
    ],
    changes: {
      since: '2026-11-19T10:01:00Z',
      new: 12,
      reopened: 3,
      resolved: 8,
      ended: 1,
      muted: 2,
      ruleChanged: 4,
      scoreBefore: 59.18,
      coverageBefore: 0.95,
    },
    unlisted: [],
    accountsMayLack: false,
    gaps: [
      {
        reason: 'denied',
        service: 'kms',
        action: 'kms:GetKeyRotationStatus',
        accounts: 4,
        regions: 17,
        region: '',
        example: '100000000001',
        detail: '',
      },
    ],
    files: [{ path: '/reports/vedette.sarif', format: 'sarif' }],
    next: [{ command: 'vedette findings list --severity critical,high', purpose: 'everything urgent' }],
    ...change,
  };
}

const render = (summary: ScanSummary, width: number | undefined = 80): string =>
  renderSummary(summary, { style: plainStyle, width });

const hostileSummary = (text: string): ScanSummary => {
  const base = summaryOf();
  const [fix] = base.fixFirst;
  return summaryOf({
    organizationId: text,
    accounts: base.accounts.map((one) => ({ ...one, name: text, scan: 'denied' as const })),
    fixFirst: [{ ...fix!, example: { ...fix!.example, accountName: text, resource: text, region: text } }],
    gaps: base.gaps.map((gap) => ({ ...gap, action: text })),
  });
};

describe('summary', () => {
  test('says all that the end of a scan has to say, in this order', () => {
    const text = render(summaryOf());
    const parts = [
      'Simulated organisation o-exampleorgid',
      '2 critical findings need work today, in 1 of 3 accounts.',
      'Score 61.2 of 100 (+2.1)    Coverage 94.4 % (−0.5)',
      'Findings: 2 critical, 1 high and 4 low; 1 to be judged by a person',
      'Fix first',
      '   1 critical  S3 bucket can be read by everyone',
      'Accounts',
      'all 3 accounts',
      'What changed since 19 November 2026, 10:01 UTC',
      '12 new, 3 reopened, 8 resolved',
      'What could not be seen',
      'kms:GetKeyRotationStatus  4 accounts, 17 regions',
      'nothing of it counts as',
      'Files written',
      '/reports/vedette.sarif',
      'Next',
      'vedette findings list --severity critical,high',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test.each([60, 80, 120, 200])('fits %i columns, and every command stands whole on its line', (width) => {
    const summary = summaryOf();
    const lines = renderSummary(summary, { style: createStyle(true), width }).split('\n');
    const commands = [...summary.fixFirst, ...summary.next].map(({ command }) => command);
    const plain = render(summary, width).split('\n');
    for (const command of commands) expect(plain.map((line) => line.trim())).toContain(command);
    const others = lines.filter((_line, index) => !commands.includes((plain[index] ?? '').trim()));
    expect(Math.max(...others.map(displayWidth))).toBeLessThanOrEqual(width);
  });

  test('five thousand accounts are fifteen, the rest, and all', () => {
    const accounts = Array.from({ length: 5_000 }, (_, index) =>
      account(index, { counts: { high: index % 7, critical: index === 4_321 ? 1 : 0 } }),
    );
    const lines = render(summaryOf({ accounts })).split('\n');
    expect(lines.length).toBeLessThan(80);
    const table = lines.slice(lines.indexOf('Accounts') + 1, lines.indexOf('Accounts') + 19);
    expect(table[1]).toContain('account-4321');
    expect(table[16]).toContain('4,985 more accounts');
    expect(table[17]).toContain('all 5,000 accounts');
    const high = accounts.reduce((sum, { counts }) => sum + (counts.high ?? 0), 0);
    expect(table[17]).toContain(new Intl.NumberFormat('en-GB').format(high));
  });

  test('at most five things to fix are shown', () => {
    const [fix] = summaryOf().fixFirst;
    const text = render(summaryOf({ fixFirst: Array.from({ length: 9 }, () => fix!) }));
    expect(text).toContain('\n   5 critical');
    expect(text).not.toContain('\n   6 critical');
  });

  test('accounts that were not read at all are named first among what could not be seen', () => {
    const accounts = [...Array.from({ length: 8 }, (_, index) => account(index, { scan: 'denied' })), account(9)];
    const text = render(summaryOf({ accounts, gaps: [] }), undefined);
    expect(text).toContain('8 accounts not read at all: account-0 (denied), account-1 (denied)');
    expect(text).toContain('3 more accounts');
  });

  test('a role that refuses is told with the way out', () => {
    const refusal = {
      reason: 'denied' as const,
      service: 'sts',
      action: 'sts:AssumeRole',
      accounts: 1,
      regions: 1,
      region: '',
      example: '100000000001',
      detail: 'we may not assume it: AccessDenied Check that the role exists.',
    };
    const text = render(summaryOf({ accounts: [account(1, { scan: 'denied' })], gaps: [refusal] })).replaceAll(
      /\s+/g,
      ' ',
    );
    expect(text).toContain('For example 100000000001: we may not assume it: AccessDenied Check that the role exists.');
    expect(text).not.toContain('more kind');
  });

  test('what a call failed of is told, and which region is closed', () => {
    const gap = {
      service: 'iam',
      action: 'iam:GetAccountSummary',
      accounts: 2,
      regions: 1,
      region: '',
      example: '100000000001',
    };
    const text = render(
      summaryOf({
        gaps: [
          { ...gap, reason: 'failed', detail: 'The answer could not be read (HTTP 407, text/html).' },
          { ...gap, reason: 'denied', detail: 'not authorized' },
          {
            ...gap,
            reason: 'denied',
            service: '*',
            action: '*',
            region: 'eu-west-3',
            detail: 'The region is closed by a policy.',
          },
        ],
      }),
      undefined,
    );
    expect(text).toMatch(/failed {7}iam:GetAccountSummary {2}2 accounts\n +The answer could not be read \(HTTP 407/);
    expect(text).toMatch(/denied {7}everything +2 accounts, eu-west-3\n +The region is closed by a policy\./);
    expect(text).not.toContain('not authorized');
  });

  test('units that could not be listed are named, and that accounts may lack is said', () => {
    const unlisted = ['What lies below the organisational unit /Workloads (ou-1) could not be listed.'];
    const text = render(summaryOf({ unlisted, accountsMayLack: true })).replaceAll(/\s+/g, ' ');
    expect(text).toContain('/Workloads (ou-1)');
    expect(text).toContain('may lack some');
  });

  test('when everything was read it says so, and only then', () => {
    expect(render(summaryOf({ gaps: [], coverage: 1 }))).toContain('Nothing: everything that was asked for was read.');
    expect(render(summaryOf({ gaps: [], coverage: 0.9 }))).toContain('not every check could be judged');
  });

  test('the first scan and an interrupted one say what they are', () => {
    expect(render(summaryOf({ changes: null }))).toContain('This is the first scan');
    expect(render(summaryOf({ finished: false }))).toContain('The scan was interrupted.');
  });

  test('hostile names keep the lines and are inert', () => {
    for (const { text } of hostileTexts()) {
      const shown = render(hostileSummary(text));
      expect(shown).not.toMatch(/[^\P{Cc}\n]|(?!\u200d)\p{Cf}|[\p{Zl}\p{Zp}]/u);
      expect(shown.split('\n').length).toBeLessThan(70);
      expect(
        Math.max(
          ...shown
            .split('\n')
            .filter((line) => !line.includes('vedette'))
            .map(displayWidth),
        ),
      ).toBeLessThanOrEqual(80);
    }
  });
});

describe('verdict', () => {
  const cases: readonly [string, Partial<ScanSummary>, string][] = [
    [
      'critical',
      { accounts: [account(1, { counts: { critical: 1 } }), account(2)] },
      '1 critical finding needs work today, in 1 of 2 accounts.',
    ],
    [
      'critical in one account',
      { accounts: [account(1, { counts: { critical: 3 } })] },
      '3 critical findings need work today.',
    ],
    [
      'high',
      { accounts: [account(1, { counts: { high: 2 } }), account(2, { counts: { high: 1 } })] },
      'Nothing critical was found; 3 high findings need work next, in all 2 accounts.',
    ],
    [
      'medium and low',
      { accounts: [account(1, { counts: { medium: 2, low: 1 } })] },
      'Nothing critical or high was found; 2 medium and 1 low findings remain.',
    ],
    ['nothing', { accounts: [account(1)], coverage: 1 }, 'Nothing was found: everything that was judged passed.'],
    [
      'nothing of what could be seen',
      { accounts: [account(1)], coverage: 0.62 },
      'Nothing was found in the 62 % that could be judged; the rest is unknown, not passed.',
    ],
    [
      'nothing readable',
      { accounts: [account(1, { scan: 'denied' }), account(2, { scan: 'failed' })], coverage: 0 },
      'Nothing could be judged: none of 2 accounts could be read.',
    ],
  ];
  test.each(cases)('%s', (_name, change, sentence) => {
    expect(verdictSentence(summaryOf(change))).toBe(sentence);
  });

  test.each([
    [61.28, 59.18, '+2.1'],
    [59, 61.25, '−2.3'],
    [60, 60, '±0.0'],
    [null, 60, ''],
    [60, null, ''],
  ])('%s after %s is %s', (now, before, text) => {
    expect(difference(now, before)).toBe(text);
  });

  test('a time that is none is said', () => {
    expect(moment('nonsense')).toBe('an unknown time');
  });
});
