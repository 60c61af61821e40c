// The door of the reports: the model, the formats, writing them, and the summary of a scan.

export type {
  AccountScan,
  Chunks,
  ReportAccount,
  ReportFinding,
  ReportModel,
  ReportRule,
  ReportScan,
  Rows,
} from './model.ts';
export { type OcsfClass, ocsfClasses } from './ocsf/ocsf.ts';
export type {
  AccountSeverities,
  FileWritten,
  FixFirst,
  GapGroup,
  ScanChanges,
  ScanSummary,
  SuggestedCommand,
} from './summary.ts';
export { groupGaps } from './gap-groups.ts';
export { count } from './text.ts';
export { percent, plural, scoreText } from './words.ts';
export { writeReports } from './write.ts';
