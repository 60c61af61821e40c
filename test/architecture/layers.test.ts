// The layers hold, and the tool that says so sees the sources (with the wrong parser it sees none and reports success).

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'vedette-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cruise(cwd: string): {
  violations: { rule: { name: string }; from: string; to: string }[];
  totalCruised: number;
} {
  let text: string;
  try {
    text = execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        join(root, '.dependency-cruiser.mjs'),
        '--output-type',
        'json',
        'src',
      ],
      { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256 * 1024 * 1024 },
    );
  } catch (error) {
    text = (error as { stdout: string }).stdout;
  }
  return (JSON.parse(text) as { summary: ReturnType<typeof cruise> }).summary;
}

/** Violations, planted one by one: [rule, file, text]. */
const planted: [string, string, string][] = [
  ['domain-is-pure', 'src/domain/bad.ts', "import '../platform/ok.ts';"],
  ['platform-knows-only-domain', 'src/platform/bad.ts', "import '../features/a/index.ts';"],
  ['features-through-index', 'src/features/a/bad.ts', "import '../b/inside.ts';"],
  ['apps-enter-features-by-a-door', 'src/apps/cli/bad.ts', "import '../../features/b/inside.ts';"],
  ['nobody-imports-an-app', 'src/features/a/bad2.ts', "import '../../apps/cli/ok.ts';"],
  ['checks-do-no-io', 'src/features/checks/catalogue/s3/bad.ts', "import 'node:fs';"],
  ['checks-know-no-sibling', 'src/features/checks/catalogue/s3/bad2.ts', "import '../iam/ok.ts';"],
  ['policy-engine-is-pure', 'src/features/identity/policy/bad.ts', "import '../../../platform/ok.ts';"],
  ['network-where-aws-is-reached', 'src/features/a/bad3.ts', "import { request } from 'node:https';"],
  ['network-where-aws-is-reached', 'src/apps/cli/bad2.ts', "import { createServer } from 'net';"],
  ['programs-where-the-server-is', 'src/platform/bad2.ts', "import { spawn } from 'node:child_process';"],
  ['no-circular', 'src/features/a/one.ts', "import './two.ts';"],
];

describe('layers', () => {
  test('the sources keep to them', { timeout: 120_000 }, () => {
    const summary = cruise(root);
    expect(summary.violations.map((one) => `${one.rule.name}: ${one.from} → ${one.to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(100);
  });

  test('every planted violation is caught', { timeout: 120_000 }, () => {
    const files: [string, string][] = [
      ['tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }'],
      ['package.json', '{ "type": "module" }'],
      ['src/platform/ok.ts', 'export const ok = 1;'],
      ['src/features/a/index.ts', 'export const a = 1;'],
      ['src/features/a/two.ts', "import './one.ts';"],
      ['src/features/b/inside.ts', 'export const b = 1;'],
      ['src/features/checks/catalogue/iam/ok.ts', 'export const check = 1;'],
      ['src/apps/cli/ok.ts', 'export const ok = 1;'],
      ...planted.map(([, path, text]): [string, string] => [path, text]),
    ];
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const found = cruise(folder).violations.map((one) => `${one.rule.name}: ${one.from}`);
    for (const [rule, path] of planted) expect(found).toContain(`${rule}: ${path}`);
  });
});
