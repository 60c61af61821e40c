// npm run licences: every package that ships must carry a licence of the list.

import { execFileSync } from 'node:child_process';

const allowed = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'PostgreSQL',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
]);

interface Component {
  name: string;
  version: string;
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
}

/** True when a licence expression can be satisfied from the list: one side of OR, both sides of AND. */
export function isAllowed(expression: string): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(text)) return text.split(' OR ').some(isAllowed);
  if (/ AND /.test(text)) return text.split(' AND ').every(isAllowed);
  return allowed.has(text.trim());
}

const sbom = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as { components: Component[] };

const refused = sbom.components.filter((component) => {
  const terms = (component.licenses ?? []).map((one) => one.expression ?? one.license?.id ?? one.license?.name ?? '');
  return terms.length === 0 || !terms.every(isAllowed);
});
for (const one of refused)
  process.stdout.write(`${one.name}@${one.version}: ${JSON.stringify(one.licenses ?? 'none')}\n`);
process.stdout.write(
  `${sbom.components.length} packages ship, ${refused.length} with a licence that is not on the list\n`,
);
process.exit(refused.length === 0 ? 0 : 1);
