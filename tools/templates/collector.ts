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
      content: `import { keepsItsPromises } from '../promises.ts';
import { collector } from './${name}.ts';

// Answers with which everything can be read, by operation; \`parts\` names the operations that read one part of a resource.
// The promises then test refusals, malformed answers, stopping and reading again. Add cases for pages and for absence.
keepsItsPromises('${service}/${name}', { collector, answers: {} });
`,
    },
  ];
}
