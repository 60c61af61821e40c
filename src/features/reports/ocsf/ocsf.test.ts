import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../../test/fixtures/hostile-text.ts';
import { sampleFinding, sampleFindings, sampleModel, textOf } from '../testing.ts';
import { ocsfClasses, ocsfVersion, renderOcsf } from './ocsf.ts';
import type { OcsfClass } from './ocsf.ts';

type Event = Record<string, unknown> & { metadata: Record<string, unknown>; compliance?: Record<string, unknown> };

function validator(kind: OcsfClass) {
  const file = new URL(`../../../../test/fixtures/schemas/ocsf-${ocsfVersion}-${kind}-finding.json`, import.meta.url);
  return new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

async function events(kind: OcsfClass, findings = sampleFindings): Promise<Event[]> {
  return JSON.parse(await textOf(renderOcsf(sampleModel({ findings }), kind))) as Event[];
}

describe.each(ocsfClasses)('OCSF %s', (kind) => {
  const validate = validator(kind);

  test('every event fits the published schema', async () => {
    for (const event of await events(kind)) {
      expect(validate(event) ? [] : validate.errors).toEqual([]);
    }
  });

  test('the schema would notice a mistake', async () => {
    const [event] = await events(kind);
    expect(validate({ ...event, severity_id: 42 })).toBe(false);
    expect(validate({ ...event, no_such_attribute: 1 })).toBe(false);
  });

  test('hostile text and broken times fit too', async () => {
    const findings = hostileTexts().map(({ text }) =>
      sampleFinding({
        title: text,
        reason: text,
        resource: text,
        resourceType: text,
        check: text,
        firstSeen: text,
        lastVerified: '',
      }),
    );
    for (const event of await events(kind, () => findings)) {
      expect(validate(event) ? [] : validate.errors).toEqual([]);
      expect(JSON.stringify(event).length).toBeLessThan(40_000);
    }
  });
});

describe('OCSF', () => {
  test('is a Compliance Finding by default and a Detection Finding by switch', async () => {
    const [compliance] = JSON.parse(await textOf(renderOcsf(sampleModel()))) as Event[];
    expect(compliance).toMatchObject({
      class_uid: 2003,
      type_uid: 200_301,
      compliance: { control: 'S3.2', status: 'Fail' },
    });
    const [detection] = await events('detection');
    expect(detection).toMatchObject({
      class_uid: 2004,
      type_uid: 200_401,
      metadata: { event_code: 's3-bucket-public-read' },
    });
    expect(detection).not.toHaveProperty('compliance');
  });

  test.each([
    ['new', 1, 1, 'FAIL'],
    ['open', 1, 2, 'FAIL'],
    ['muted', 3, 2, 'FAIL'],
    ['resolved', 4, 3, 'PASS'],
    ['ended', 5, 3, 'NOT_APPLICABLE'],
  ] as const)('a finding that is %s has status %i and activity %i', async (state, status, activity, code) => {
    const [event] = await events('compliance', () => [sampleFinding({ state })]);
    expect(event).toMatchObject({ status_id: status, activity_id: activity, status_code: code });
  });

  test('without findings it is an empty array', async () => {
    expect(await events('compliance', () => [])).toEqual([]);
  });
});
