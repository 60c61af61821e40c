// Date operators: ISO 8601 in the forms of the W3C note, or seconds since 1970.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
// https://www.w3.org/TR/NOTE-datetime

import { compareWith, plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

const iso =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/**
 * Milliseconds since 1970; undefined when the text is no date. Four digits are a year, other runs of digits are
 * seconds. A time without a zone is taken for UTC.
 */
export function parseDate(text: string): number | undefined {
  const parts = iso.exec(text);
  if (parts === null) return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    parts;
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const back = new Date(moment);
  // Date.UTC rolls the 31st of February over into March.
  if (
    back.getUTCMonth() !== Number(month) - 1 ||
    back.getUTCDate() !== Number(day) ||
    back.getUTCHours() !== Number(hour)
  ) {
    return undefined;
  }
  return moment + Number(`0.${fraction}`) * 1000 - zoneOffset(zone);
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

export const dateFamily: OperatorFamily = {
  variables: false,
  wildcards: () => false,
  fault: (value) => (parseDate(value) === undefined ? 'is not a date' : undefined),
  compile: (operator, value) => compareWith(operator.slice('Date'.length), parseDate, plainText(value)),
};
