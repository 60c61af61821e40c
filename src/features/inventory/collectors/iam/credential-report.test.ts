import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, awsError, collected, collectedUntilError, fakeContext, pagesOf, refuse } from '../testing.ts';
import { credentialReport } from './credential-report.ts';

const header =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,cert_1_active,cert_2_active';
const row = (user: string, arn: string, password: string, mfa = 'true'): string =>
  `${user},${arn},2025-05-01T10:00:00+00:00,${password},N/A,N/A,${mfa},false,N/A,N/A,false,N/A,N/A,false,false`;
const root = row('<root_account>', 'arn:aws:iam::111122223333:root', 'not_supported');
const userRow = (name: string, mfa?: string): string =>
  row(name, `arn:aws:iam::111122223333:user/${name}`, 'true', mfa);

const reportOf = (...rows: string[]): object => ({
  Content: new TextEncoder().encode([header, ...rows].join('\n')),
  GeneratedTime: new Date('2026-01-02T00:00:00Z'),
});

const answers: Answers = {
  'iam:GenerateCredentialReport': { State: 'COMPLETE' },
  'iam:GetCredentialReport': reportOf(root, userRow('alice')),
};

const collector = credentialReport(async () => {
  throw new Error('There was nothing to wait for.');
});

keepsItsPromises('iam/credential-report', { collector, answers });

/** A collector that notes how long it would have waited. */
function patient(): { waited: number[]; collector: typeof collector } {
  const waited: number[] = [];
  return {
    waited,
    collector: credentialReport(async (milliseconds) => {
      waited.push(milliseconds);
    }),
  };
}

describe('iam/credential-report', () => {
  test('yields a row per user, the root user among them', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: 'arn:aws:iam::111122223333:root',
        name: '<root_account>',
        region: 'global',
        config: { isRoot: true, passwordEnabled: null, mfaActive: true, generatedAt: '2026-01-02T00:00:00.000Z' },
      },
      { arn: 'arn:aws:iam::111122223333:user/alice', config: { isRoot: false, passwordEnabled: true } },
    ]);
  });

  test('a report of thousands comes in pages', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => userRow(`user-${index}`));
    const { pages, resources } = await collected(collector, {
      ...answers,
      'iam:GetCredentialReport': reportOf(...rows),
    });
    expect(pages.map((page) => page.resources.length)).toEqual([100, 100, 50]);
    expect(resources.some(({ arn }) => arn.endsWith(':root'))).toBe(false);
  });

  test('asks again until the report is complete', async () => {
    const { collector: waiting, waited } = patient();
    const states = ['STARTED', 'INPROGRESS', 'COMPLETE'];
    const { resources } = await collected(waiting, {
      ...answers,
      'iam:GenerateCredentialReport': () => ({ State: states.shift() }),
    });
    expect(resources).toHaveLength(2);
    expect(waited).toEqual([500, 1_000]);
  });

  test.each([
    'CredentialReportNotPresentException',
    'CredentialReportExpiredException',
    'CredentialReportNotReadyException',
  ])('asks again after %s', async (name) => {
    const { collector: waiting, waited } = patient();
    let refusals = 1;
    const { resources } = await collected(waiting, {
      ...answers,
      'iam:GetCredentialReport': () => {
        if (refusals === 0) return reportOf(root);
        refusals -= 1;
        throw awsError(name);
      },
    });
    expect(resources).toHaveLength(1);
    expect(waited).toHaveLength(1);
  });

  test('gives up after a minute', async () => {
    const { collector: waiting, waited } = patient();
    const { error } = await collectedUntilError(waiting, { 'iam:GenerateCredentialReport': { State: 'STARTED' } });
    expect(error).toMatchObject({ code: 'credential-report-not-ready' });
    expect(waited.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(61_000);
  });

  test('waits no longer than it is let', async () => {
    const controller = new AbortController();
    const waiting = credentialReport(async (_milliseconds, signal) => {
      controller.abort(new Error('stopped'));
      signal.throwIfAborted();
    });
    const context = fakeContext(
      waiting,
      { 'iam:GenerateCredentialReport': { State: 'STARTED' } },
      { signal: controller.signal },
    );
    await expect(pagesOf(waiting, context)).rejects.toThrow('stopped');
  });

  test('a row that cannot be read does not hide the others', async () => {
    const { resources, error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetCredentialReport': reportOf(userRow('alice', 'maybe'), userRow('bob')),
    });
    expect(resources.map(({ name }) => name)).toEqual(['bob']);
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('a text that is no report is not an account without users', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetCredentialReport': { ...reportOf(), Content: new TextEncoder().encode('<html></html>') },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('a failure of the service is thrown', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'iam:GetCredentialReport': refuse('ServiceFailureException'),
    });
    expect(error).toMatchObject({ name: 'ServiceFailureException' });
  });
});
