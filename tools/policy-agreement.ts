// Holds the compiled policy evaluator against the explaining one on random requests.
//   node tools/policy-agreement.ts --requests 1000000 --seed 7
// Prints one JSON object. Exit code 3 when the two contradict each other, with the cases, ready for `simulate --cases`.

import { parseArgs } from 'node:util';
import { checkAgreement } from './agreement/check.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const requests = Number(values.requests);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
  process.stderr.write('usage: node tools/policy-agreement.ts [--requests <count>] [--seed <number>]\n');
  process.exitCode = 2;
} else {
  process.stderr.write(`seed ${seed}\n`);
  const began = performance.now();
  const result = checkAgreement(requests, seed);
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
  process.stdout.write(`${JSON.stringify({ seed, ...result, seconds }, null, 2)}\n`);
  if (result.different > 0) process.exitCode = 3;
}
