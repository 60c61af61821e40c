// The score's formula in words, with an example that is computed by the very functions that score.

import { severities } from '../../domain/severity.ts';
import { type Pair, creditOf, scoreOf, severityWeights, shownScore, tallyOf } from './score.ts';

const counts = { pass: 0, fail: 0, notApplicable: 0, manual: 0, unknown: 0, complete: true };

/** One account, small enough to follow with a pencil. */
export const examplePairs: readonly Pair[] = [
  { ...counts, check: 'iam-root-access-key', region: 'account', severity: 'critical', pass: 1 },
  { ...counts, check: 's3-bucket-public-read', region: 'global', severity: 'critical', pass: 3, fail: 1 },
  { ...counts, check: 'ec2-ebs-default-encryption', region: 'eu-west-1', severity: 'medium', fail: 1 },
  { ...counts, check: 'kms-key-rotation', region: 'eu-west-1', severity: 'medium', pass: 2, unknown: 2 },
  { ...counts, check: 'rds-instance-public', region: 'eu-west-1', severity: 'high', pass: 1, complete: false },
  { ...counts, check: 'lambda-runtime', region: 'eu-west-1', severity: 'medium', notApplicable: 2 },
];

function describe(pair: Pair): string {
  const parts = [
    [pair.pass, 'pass'],
    [pair.fail, 'fail'],
    [pair.unknown, 'unknown'],
    [pair.manual, 'manual'],
    [pair.notApplicable, 'not applicable'],
  ].flatMap(([n, name]) => (n === 0 ? [] : [`${n} ${name}`]));
  return `${parts.join(', ')}${pair.complete ? '' : ', list not read to its end'}`;
}

function exampleLines(): string[] {
  return examplePairs.map((pair) => {
    const weight = severityWeights[pair.severity];
    const credit = creditOf(pair);
    const earned = credit === undefined ? 'does not count' : `${weight} × ${credit} = ${weight * credit}`;
    return `  ${pair.check.padEnd(28)} ${pair.severity.padEnd(9)} ${describe(pair).padEnd(40)} ${earned}`;
  });
}

/** The text of `vedette score explain`. */
export function explainScore(): string {
  const tally = tallyOf(examplePairs);
  const { score, coverage } = scoreOf(tally);
  const weights = severities.map((severity) => `${severity} ${severityWeights[severity]}`).join(', ');
  return [
    'SCORE, 0 to 100',
    '',
    'Every check is counted once in each scope that it judges: an account, or one of its regions. Such a pair weighs',
    `as its severity does: ${weights}.`,
    '',
    '  credit of a pair = passes ÷ (passes + fails + unknowns)',
    '  credit of a pair = 0 when its scope was not wholly read: what is not seen is not passed',
    '  score            = 100 × Σ (weight × credit) ÷ Σ weight',
    '',
    'Subjects to which a check does not apply, and those that only a person can judge, are left out of the credit.',
    'Muting a finding does not change the score.',
    '',
    'COVERAGE, 0 to 1',
    '',
    '  coverage = judged pairs ÷ applicable pairs',
    '',
    'A pair is judged when its scope was wholly read and no subject is unknown. It is applicable unless the check applies',
    'to nothing there.',
    '',
    'THE ORGANISATION',
    '',
    'Its sums run over the pairs of all its accounts. An account of which nothing could be read counts with the weight',
    'that its last complete scan knew, and without credit, so that withholding permissions never raises a score. One that',
    'was never read is taken to weigh as much as the median account.',
    '',
    'EXAMPLE, one account',
    '',
    ...exampleLines(),
    '',
    `  score    = 100 × ${tally.credit} ÷ ${tally.weight} = ${shownScore(score ?? 0)}`,
    `  coverage = ${tally.judged} ÷ ${tally.applicable} = ${coverage.toFixed(2)}`,
    '',
  ].join('\n');
}
