// The rules, in the order in which their findings are told at one place.

import type { Rule } from './contract.ts';
import { andedConditions } from './rules/anded-conditions.ts';
import { conditionKeys } from './rules/condition-keys.ts';
import { dates } from './rules/dates.ts';
import { escapes } from './rules/escapes.ts';
import { mfa } from './rules/mfa.ts';
import { names } from './rules/names.ts';
import { negations } from './rules/negations.ts';
import { onlyDenies } from './rules/only-denies.ts';
import { operators } from './rules/operators.ts';
import { principals } from './rules/principals.ts';
import { regions } from './rules/regions.ts';
import { resources } from './rules/resources.ts';
import { sets } from './rules/sets.ts';
import { variables } from './rules/variables.ts';

export const rules: readonly Rule[] = [
  names,
  onlyDenies,
  dates,
  andedConditions,
  regions,
  escapes,
  negations,
  conditionKeys,
  operators,
  variables,
  sets,
  mfa,
  principals,
  resources,
];
