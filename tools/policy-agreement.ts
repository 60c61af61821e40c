// Holds the compiled policy evaluator against the explaining one on random requests, and for every hundredth of them the
// sets of all actions and the answers of who-can against decisions one by one.
//   node tools/policy-agreement.ts --requests 1000000 --seed 7
// Prints one JSON object. Exit code 3 when the two contradict each other, with the cases, ready for `simulate --cases`.

import { parseArgs } from 'node:util';
import { checkSets } from './agreement/check-sets.ts';
import { checkWhoCan } from './agreement/check-who-can.ts';
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
  const sets = checkSets(Math.ceil(requests / 100), seed);
  const whoCan = checkWhoCan(Math.ceil(requests / 100), seed);
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
  process.stdout.write(`${JSON.stringify({ seed, ...result, sets, whoCan, seconds }, null, 2)}\n`);
  if (result.different + sets.different + whoCan.different > 0) process.exitCode = 3;
}
