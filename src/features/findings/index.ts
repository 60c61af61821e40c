// The door of the findings: committing verdicts, reading findings, suppressions, score.

export type {
  CommittedScope,
  FindingFilter,
  JudgedCheck,
  JudgedScope,
  JudgedVerdict,
  JudgingScan,
  ReadScope,
  ScanDelta,
  StoredFinding,
  StoredTransition,
} from './contract.ts';
export { activeStates } from './contract.ts';
export { commitScope, commitScopeIn } from './commit-scope.ts';
export { type AccountEnd, endFindings } from './end-account.ts';
export {
  type FindingCounts,
  type FindingCursor,
  type FindingPage,
  countFindings,
  findingHistory,
  listFindings,
  streamFindings,
} from './query.ts';
export { scanDelta } from './deltas.ts';
export { type SuppressionRule, type TextCondition, parseSuppressionRule } from './suppression-rule.ts';
export type { Suppression } from './suppression.ts';
export {
  type NewSuppression,
  createSuppressions,
  expireSuppressions,
  listSuppressions,
  previewSuppression,
  revokeSuppression,
} from './suppressions.ts';
export { type ImportedSuppression, type MutelistImport, readProwlerMutelist } from './prowler-mutelist.ts';
export { type Pair, type Score, creditOf, scoreOf, severityWeights, shownScore, tallyOf } from './score.ts';
export { type Basis, type ScanScore, accountPairs, saveAccountScore, scanScore } from './score-store.ts';
export { explainScore } from './score-explanation.ts';
