// The door of the checks: the catalogue and the runner.

export { checks } from '../../generated/checks.ts';
export type { AccountEvidence, RegionEvidence, TypeEvidence } from './account-evidence.ts';
export { type Catalogue, createCatalogue } from './catalogue.ts';
export type { Judging, ParameterValues } from './context.ts';
export type { Check, Controls, Fix, Parameter } from './contract.ts';
export { nearestNames } from './nearest-names.ts';
export type { ParameterOverrides } from './parameters.ts';
export type { CheckEntry } from './registry.ts';
export { appliesTo, type CheckJudgement, type CheckResult, judge, scopesOf } from './run.ts';
