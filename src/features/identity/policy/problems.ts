// Collects what is wrong with a document, each with its place, up to a bound.

import type { PolicyProblem } from './document.ts';

const mostProblems = 200;

/** The problems of one document, and a way to tell whether a part of it brought errors. */
export interface Problems {
  error(code: string, place: string, message: string): void;
  warning(code: string, place: string, message: string): void;
  /** How many errors were reported so far, those beyond the bound included. */
  errors(): number;
  list(): readonly PolicyProblem[];
}

export function collectProblems(): Problems {
  const found: PolicyProblem[] = [];
  let errors = 0;
  const add = (severity: PolicyProblem['severity'], code: string, place: string, message: string): void => {
    if (severity === 'error') errors += 1;
    if (found.length < mostProblems) found.push({ severity, code, place, message });
    else if (found.length === mostProblems)
      found.push({
        severity,
        code: 'more-problems',
        place: '',
        message: 'There are more problems than are listed here.',
      });
  };
  return {
    error: (code, place, message) => add('error', code, place, message),
    warning: (code, place, message) => add('warning', code, place, message),
    errors: () => errors,
    list: () => found,
  };
}

/** One step of a JSON pointer (RFC 6901), with the member's name bounded. */
export function pointer(place: string, step: string | number): string {
  const text = typeof step === 'number' ? String(step) : step.slice(0, 256).replaceAll('~', '~0').replaceAll('/', '~1');
  return `${place}/${text}`;
}

/** Foreign text for a message: bounded, quoted, control characters escaped. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  // eslint-disable-next-line no-control-regex
  return `"${short.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\uFFFD')}"`;
}
