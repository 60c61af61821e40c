import { expect, test } from 'vitest';
import { hostileTexts } from '../../../../test/fixtures/hostile-text.ts';
import { sampleFinding, sampleFindings, sampleModel, textOf } from '../testing.ts';
import { renderJson } from './json.ts';

interface Report {
  findings: Record<string, unknown>[];
  [key: string]: unknown;
}

test('has the documented shape', async () => {
  const report = JSON.parse(await textOf(renderJson(sampleModel()))) as Report;
  expect(report['schema']).toBe('vedette.scan/1');
  expect(report['scan']).toMatchObject({
    id: 'scan-1',
    organizationId: 'o-exampleorgid',
    simulated: true,
    durationMs: 60_000,
    apiCalls: 1_234,
  });
  expect(report['score']).toBe(61.28);
  expect(report['coverage']).toBe(0.9449);
  expect(report['accounts']).toHaveLength(2);
  expect(report['gaps']).toEqual([
    expect.objectContaining({
      account: '444455556666',
      regions: ['eu-west-1', 'us-east-1'],
      service: 'kms',
      action: 'kms:GetKeyRotationStatus',
      reason: 'denied',
    }),
  ]);
  expect(report.findings).toHaveLength(sampleFindings().length);
  for (const key of ['id', 'check', 'verdict', 'severity', 'account', 'region', 'resource', 'title', 'state', 'source'])
    expect(report.findings[0]).toHaveProperty(key);
  expect(report['summary']).toEqual(sampleModel().summary);
});

test('without rows the lists are empty', async () => {
  const report = JSON.parse(
    await textOf(renderJson(sampleModel({ findings: () => [], gaps: () => [], accounts: [] }))),
  ) as Report;
  expect([report['accounts'], report['gaps'], report.findings]).toEqual([[], [], []]);
});

test('foreign text comes back exactly, and is inert on the way', async () => {
  for (const { text } of hostileTexts().filter((one) => one.text.length < 200)) {
    const json = await textOf(renderJson(sampleModel({ findings: () => [sampleFinding({ reason: text })] })));
    expect(json).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}<>&]/u);
    expect((JSON.parse(json) as Report).findings[0]?.['reason']).toBe(text);
  }
});

test('is written row by row', async () => {
  let produced = 0;
  async function* endless() {
    for (;;) {
      produced += 1;
      yield sampleFinding();
    }
  }
  const chunks = renderJson(sampleModel({ findings: endless }));
  for (let i = 0; i < 50; i += 1) await chunks.next();
  expect(produced).toBeLessThan(50);
  await chunks.return(undefined);
});
