// The door of the findings: committing verdicts, reading findings, suppressions, score.

export type {
  CommittedScope,
  FindingFilter,
  JudgedScope,
  JudgedVerdict,
  ReadScope,
  ScanDelta,
  StoredFinding,
} from './contract.ts';
export { activeStates } from './contract.ts';
export { commitScope } from './commit-scope.ts';
export { type VerifiedFinding, commitVerification } from './commit-verification.ts';
export { endFindings } from './end-account.ts';
export { type FilterOptions, addFilterOptions, filterOf, filterWords } from './filter-options.ts';
export { findingBy } from './finding-by.ts';
export { findingsJson } from './findings-json.ts';
export { countFindings, listFindings, streamFindings } from './query.ts';
export { scanDelta } from './deltas.ts';
export { expireSuppressions, listSuppressions } from './suppressions.ts';
export { saveAccountScore, scanScore } from './score-store.ts';
