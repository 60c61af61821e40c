import { expect, test } from 'vitest';
import { overviewOf } from './overview.ts';
import { sampleFinding, sampleModel } from './testing.ts';

const a = '111122223333';
const b = '444455556666';

const finding = (check: string, severity: 'critical' | 'high', account: string) =>
  sampleFinding({ check, severity, account, state: 'open' });

test('checks come by severity, then by how many accounts they fail in, then by how often', async () => {
  const model = sampleModel({
    findings: () => [
      finding('often', 'high', a),
      finding('often', 'high', a),
      finding('often', 'high', a),
      finding('wide', 'high', a),
      finding('wide', 'high', b),
      finding('worst', 'critical', b),
    ],
  });
  const { checks, accounts } = await overviewOf(model);
  expect(checks).toEqual([
    { check: 'worst', severity: 'critical', findings: 1, accounts: 1 },
    { check: 'wide', severity: 'high', findings: 2, accounts: 2 },
    { check: 'often', severity: 'high', findings: 3, accounts: 1 },
  ]);
  expect(accounts.get(a)).toMatchObject({ critical: 0, high: 4 });
  expect(accounts.get(b)).toMatchObject({ critical: 1, high: 1 });
});

test.each(['resolved', 'ended', 'muted'] as const)('what is %s is nothing to fix', async (state) => {
  const { checks, accounts } = await overviewOf(sampleModel({ findings: () => [sampleFinding({ state })] }));
  expect(checks).toEqual([]);
  expect(accounts.size).toBe(0);
});

test('sums are over all findings where the list ends at a limit', async () => {
  const rows = [finding('worst', 'critical', a), finding('worst', 'critical', b)];
  const model = sampleModel({ findings: () => rows.slice(0, 1), uncut: () => rows });
  const { checks, accounts } = await overviewOf(model);
  expect(checks).toMatchObject([{ findings: 2, accounts: 2 }]);
  expect(accounts.size).toBe(2);
});

test('what a person has to judge counts for the account, and is nothing to fix yet', async () => {
  const model = sampleModel({ findings: () => [{ ...finding('worst', 'critical', a), verdict: 'manual' }] });
  const { checks, accounts } = await overviewOf(model);
  expect(checks).toEqual([]);
  expect(accounts.get(a)).toMatchObject({ critical: 1 });
});
