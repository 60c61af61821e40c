// Requests with long-term access keys do not carry aws:MultiFactorAuthPresent at all.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent

import { tryCondition } from '../condition-trial.ts';
import type { Rule } from '../contract.ts';

export const mfa: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    for (const condition of statement.conditions) {
      if (condition.key.toLowerCase() !== 'aws:multifactorauthpresent' || condition.operator !== 'Bool') continue;
      const wantsMfa = condition.values.every((value) => value.toLowerCase() === 'true');
      const denies = statement.effect === 'Deny';
      if (wantsMfa === denies) continue;
      const trial = tryCondition(subject, statement, condition, { context: { [condition.key]: [] } });
      const [absent] = trial?.prove('signed with a long-term access key, which carries no such key', []) ?? [];
      if (absent === undefined || (denies ? absent.decision === 'explicit-deny' : absent.decision !== 'allowed'))
        continue;
      yield denies
        ? {
            code: 'mfa-deny-absent',
            place: condition.place,
            message: 'Requests with long-term access keys carry no aws:MultiFactorAuthPresent and are not denied.',
            evidence: [absent],
          }
        : {
            code: 'mfa-if-exists',
            place: condition.place,
            message: 'With BoolIfExists, requests with long-term access keys are allowed without MFA.',
            evidence: [absent],
          };
    }
  }
};
