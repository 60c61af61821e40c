// The door of a scan for the command line.

export { type ScanOutcome, scanBySettings } from './scan-command.ts';
export { outcomeOf, renderVerifications } from './verify/render.ts';
export { verifyBySettings } from './verify/verify-by-settings.ts';
export { summarise } from './scan-summary.ts';
export { findingsReport } from './findings-report.ts';
