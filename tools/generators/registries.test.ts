import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateRegistries } from './registries.ts';

const files = new Map((await generateRegistries()).map((file) => [file.path, file.content]));

test('the registry of checks is what the catalogue holds', () => {
  const content = files.get('src/generated/checks.ts');
  expect(content).toBe(readFileSync('src/generated/checks.ts', 'utf8'));
  expect(content).toContain("{ id: 's3-bucket-versioning', service: 's3', check: s3BucketVersioning },");
  expect(content).not.toContain('.test');
});

test('both registries are sorted by path', () => {
  for (const content of files.values()) {
    const imported = [...content.matchAll(/ from '(.*\/(?:catalogue|collectors)\/.*)\.ts';/g)].map((match) => match[1]);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported).toEqual([...imported].sort());
  }
});

test('collectors keep their path as id', () => {
  expect(files.get('src/generated/collectors.ts')).toMatch(
    /\{ id: '[a-z0-9-]+\/[a-z0-9-]+', collector: [A-Za-z0-9]+ \},/,
  );
});
