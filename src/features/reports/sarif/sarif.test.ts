import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../../test/fixtures/hostile-text.ts';
import type { ReportFinding } from '../model.ts';
import { sampleFinding, sampleGap, sampleModel, textOf } from '../testing.ts';
import { artifactUri } from './artifact-uri.ts';
import { renderSarif } from './sarif.ts';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
  [key: string]: unknown;
}
interface Log {
  runs: {
    results: Result[];
    tool: { driver: { rules: { id: string; properties?: Record<string, unknown> }[] } };
    invocations: Record<string, unknown>[];
  }[];
}

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(
    readFileSync(new URL('../../../../test/fixtures/schemas/sarif-2.1.0.json', import.meta.url), 'utf8'),
  ) as object,
);

async function sarif(findings?: () => ReportFinding[], gaps = () => [sampleGap()]): Promise<Log> {
  return JSON.parse(
    await textOf(renderSarif(sampleModel({ gaps, ...(findings === undefined ? {} : { findings }) }))),
  ) as Log;
}

describe('SARIF', () => {
  test('fits the published schema, with and without rows', async () => {
    for (const log of [
      await sarif(),
      await sarif(() => []),
      await sarif(
        () => [],
        () => [],
      ),
    ])
      expect(validate(log) ? [] : validate.errors).toEqual([]);
  });

  test('a part of the findings says so and is a category of its own, so that the rest does not read as fixed', async () => {
    const log = JSON.parse(await textOf(renderSarif(sampleModel({ selection: 'severity critical' })))) as Log;
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    expect(log.runs[0]).toMatchObject({
      automationDetails: { id: 'vedette/o-exampleorgid/selected/' },
      properties: { selection: 'severity critical' },
    });
    expect((await sarif()).runs[0]).toMatchObject({ automationDetails: { id: 'vedette/o-exampleorgid/' } });
  });

  test('the schema would notice a mistake', async () => {
    const log = await sarif();
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
    expect(validate({ ...log, surprise: 1 })).toBe(false);
  });

  test('hostile text fits the schema, links nowhere and leaves no folder', async () => {
    for (const { text } of hostileTexts()) {
      const log = await sarif(
        () => [
          sampleFinding({
            title: text,
            reason: text,
            resource: text,
            resourceType: text,
            check: text,
            account: text,
            region: text,
            suppression: { id: text, reason: text },
            state: 'muted',
          }),
        ],
        () => [sampleGap({ detail: text, action: text })],
      );
      expect(validate(log) ? [] : validate.errors).toEqual([]);
      const [result] = log.runs[0]?.results ?? [];
      const said = result?.message.text ?? '';
      expect(said).not.toMatch(/[^\\]\]\(/);
      expect(said).not.toMatch(/(?<!\{)\{\d+\}(?!\})/);
      const uri = result?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
      expect(uri).toMatch(/^aws(?:\/[A-Za-z0-9._-]+){4}$/);
      expect(new URL(uri, 'https://x.example/a/b/').pathname.startsWith('/a/b/aws/')).toBe(true);
      expect(uri.length).toBeLessThan(500);
    }
  });

  test('levels, security severity, rules and fingerprints', async () => {
    const { results, tool } = (await sarif()).runs[0] ?? { results: [], tool: { driver: { rules: [] } } };
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(tool.driver.rules[0]?.properties).toMatchObject({ 'security-severity': '9.0' });
    const bySeverity = new Map(
      results.map((result) => [(result['properties'] as { severity: string }).severity, result.level]),
    );
    expect([...bySeverity].sort()).toEqual([
      ['critical', 'error'],
      ['high', 'error'],
      ['info', 'note'],
      ['low', 'none'],
      ['medium', 'warning'],
    ]);
    expect(results[0]).toMatchObject({
      partialFingerprints: { 'vedetteFindingId/v1': 'vf-00000000000000000000000000000000' },
      baselineState: 'new',
    });
    expect(results.filter((result) => result['kind'] === 'review').map(({ level }) => level)).toEqual(['none']);
    const suppressed = results.filter((result) => result['suppressions'] !== undefined);
    expect(suppressed).toHaveLength(1);
    expect(suppressed[0]?.['suppressions']).toMatchObject([{ justification: 'Public by intention: static website' }]);
  });

  test('what could not be read is a notification', async () => {
    const [run] = (await sarif()).runs;
    expect(JSON.stringify(run?.invocations)).toContain('kms:GetKeyRotationStatus');
  });
});

describe('artifact path', () => {
  test.each([
    [{ resource: 'arn:aws:s3:::example-bucket' }, 'aws/111122223333/eu-west-1/AWS_S3_Bucket/example-bucket'],
    [{ resource: '..' }, /^aws\/111122223333\/eu-west-1\/AWS_S3_Bucket\/_2-[0-9a-f]{8}$/],
    [{ account: '../..', region: '', resource: 'a/b' }, /^aws\/\.\._\.\.\/_0\/AWS_S3_Bucket\/a_b-[0-9a-f]{8}$/],
  ])('%j', (change, expected) => {
    expect(artifactUri(sampleFinding(change))).toMatch(expected);
  });

  test('different resources have different paths', () => {
    const paths = ['a/b', 'a:b', 'a_b', 'a?b', 'A_b'].map((resource) => artifactUri(sampleFinding({ resource })));
    expect(new Set(paths).size).toBe(paths.length);
  });
});
