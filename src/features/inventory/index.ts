// The inventory's door: what other features may use of it.

export { collectors } from '../../generated/collectors.ts';
export type { Collector } from './contract.ts';
export { findSecrets } from './secrets/detect.ts';
export { readUnit } from './collect-unit.ts';
export { type Refreshed, refreshResource } from './refresh-resource.ts';
export { limiter, type Limit } from './limiter.ts';
export { scanAccount, type ScanAccountOptions, type Sink } from './scan-account.ts';
export { type RegisteredCollector, type Unit, type UnitGap, type UnitResult, unitKey, unitsOf } from './unit.ts';
