// The door of identity: the policy engine.

export type { PolicyDocument, PrincipalEntry, Statement } from './policy/document.ts';
export { parsePolicy } from './policy/parse.ts';
export type { Access, AccessClass, Audience, Exposure, ExposedResource } from './exposure/access.ts';
export { engineGrants } from './evidence/key-grants.ts';
export { resourceControlLevels } from './exposure/control-levels.ts';
export { exposureOf } from './exposure/exposure-of.ts';
export { type NotRefused, notRefused } from './exposure/not-refused.ts';
export { type Escalations, escalationsIn } from './exposure/escalation.ts';
export {
  type AccountEscalations,
  type EscalationWay,
  type HolderEscalation,
  accountEscalations,
} from './exposure/principals/escalations.ts';
export type { IamEvidence } from './exposure/principals/holders.ts';
