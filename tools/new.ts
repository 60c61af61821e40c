// npm run new check s3 bucket-object-lock    writes catalogue/s3/bucket-object-lock.ts and its test
// npm run new collector s3 bucket            writes collectors/s3/bucket.ts and its test

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generate } from './generate.ts';
import { checkTemplate } from './templates/check.ts';
import { collectorTemplate } from './templates/collector.ts';

const kinds = { check: checkTemplate, collector: collectorTemplate } as const;

function usage(problem: string): never {
  process.stderr.write(`${problem}\n\nUsage: npm run new ${Object.keys(kinds).join('|')} <service> <name>\n`);
  process.exit(2);
}

const [kind = '', service = '', name = ''] = process.argv.slice(2);
if (!Object.hasOwn(kinds, kind)) usage(kind === '' ? 'What shall be new?' : `There is no kind "${kind}".`);
for (const part of [service, name]) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(part)) usage(`"${part}" is not a name in kebab-case.`);
}

const files = kinds[kind as keyof typeof kinds](service, name);
for (const file of files) {
  if (existsSync(file.path)) usage(`${file.path} exists already; nothing was written.`);
}
for (const file of files) {
  mkdirSync(dirname(join(process.cwd(), file.path)), { recursive: true });
  writeFileSync(file.path, file.content);
  process.stdout.write(`wrote ${file.path}\n`);
}
const changed = await generate({ check: false });
for (const path of changed) process.stdout.write(`generated ${path}\n`);
