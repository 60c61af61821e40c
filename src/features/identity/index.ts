// The door of identity: the policy engine.

export type { PolicyDocument, PrincipalEntry, Statement } from './policy/document.ts';
export { parsePolicy } from './policy/parse.ts';
