// The door of a scan for the command line.

export { type ScanOutcome, scanBySettings } from './scan-command.ts';
export { summarise } from './scan-summary.ts';
