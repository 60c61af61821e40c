import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { generateConfigSchema } from './config-schema.ts';

describe('configuration schema', () => {
  test.each([
    [
      { regions: ['eu-west-1'], failOn: 'high', accountContext: { ous: [{ path: '/Prod', criticality: 'high' }] } },
      true,
    ],
    [{ $schema: './config.schema.json' }, true],
    [{ regions: ['Europe'] }, false],
    [{ regoins: ['eu-west-1'] }, false],
    [{ minCoverage: 95 }, false],
    [{ parameters: { 'access-keys-rotated': { maxAgeDays: 60 } } }, true],
  ])('%j is valid: %s', async (value, valid) => {
    const [file] = await generateConfigSchema();
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(file?.content ?? '{}') as object);
    expect(validate(value)).toBe(valid);
  });

  test('what is checked in is what the settings say', async () => {
    const [file] = await generateConfigSchema();
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe(file?.content);
  });
});
