// The door of the checks: the catalogue and the runner.

export { checks } from '../../generated/checks.ts';
export type { RegionEvidence, TypeEvidence } from './account-evidence.ts';
export { type Catalogue, createCatalogue } from './catalogue.ts';
export type { ParameterValues } from './context.ts';
export type { CheckEntry } from './registry.ts';
export { type CheckJudgement, judge, scopesOf } from './run.ts';
