// The two files of a new collector. They compile and their test fails until the collector is written.

export function collectorTemplate(service: string, name: string): { path: string; content: string }[] {
  const folder = `src/features/inventory/collectors/${service}`;
  return [
    {
      path: `${folder}/${name}.ts`,
      content: `import type { Collector } from '../../contract.ts';

/** The AWS page of the list operation. */
export const collector: Collector = {
  scope: 'regional',
  types: [],
  operations: [],
  events: [],
  async *collect() {
    yield { resources: [] };
  },
};
`,
    },
    {
      path: `${folder}/${name}.test.ts`,
      content: `import { expect, test } from 'vitest';
import { collector } from './${name}.ts';

// Replace this by cases over recorded answers: two pages, absence, a denied part, a denied list, a malformed answer.
test('${service}/${name} declares what it reads', () => {
  expect(collector.operations).not.toEqual([]);
  expect(collector.types).not.toEqual([]);
});
`,
    },
  ];
}
