// The score's formula in words, with an example that is computed by the very functions that score.

import { severities } from '../../domain/severity.ts';
import {
  type AccountTally,
  type Pair,
  creditOf,
  organizationScore,
  scoreOf,
  severityWeights,
  shownScore,
  tallyOf,
} from './score.ts';

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

const passing: Pair = { ...counts, check: 's3-account-public-access', region: 'account', severity: 'high', pass: 1 };

/** The account of the example, one that passes everything, and one that could not be read. */
export const exampleAccounts: readonly AccountTally[] = [
  { read: tallyOf(examplePairs), lastKnown: undefined },
  { read: tallyOf([passing, passing, passing]), lastKnown: undefined },
  { read: undefined, lastKnown: undefined },
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
  const organization = organizationScore(exampleAccounts);
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
    'Its score is the mean of the scores of its accounts, each account equally. An account of which nothing could be read',
    'scores 0, so that withholding a permission never raises a score. Accounts with nothing to score, and closed or',
    'suspended ones, do not count. There is no score when the list of accounts may lack some.',
    '',
    'Its coverage runs over the pairs of all its accounts. An account that could not be read counts with the pairs that its',
    'last complete scan knew, else with as many as the median account. An organisational unit whose units or accounts could',
    'not be listed counts as one more such account.',
    '',
    'EXAMPLE, one account',
    '',
    ...exampleLines(),
    '',
    `  score    = 100 × ${tally.credit} ÷ ${tally.weight} = ${shownScore(score ?? 0)}`,
    `  coverage = ${tally.judged} ÷ ${tally.applicable} = ${coverage.toFixed(2)}`,
    '',
    'EXAMPLE, an organisation of this account, one that passes everything in 3 pairs, and one that refuses to be read',
    '',
    `  score    = (${shownScore(score ?? 0)} + 100.0 + 0.0) ÷ 3 = ${shownScore(organization.score ?? 0)}`,
    `  coverage = (${tally.judged} + 3 + 0) ÷ (${tally.applicable} + 3 + 5) = ${organization.coverage.toFixed(2)}   the median of ${tally.applicable} and 3, of two the larger, is 5`,
    '',
  ].join('\n');
}
