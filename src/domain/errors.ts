// One error type for everything a person may read: what happened, where, and what to do about it.

/** Where an error happened, as far as it is known. Printed beside the message. */
export interface ErrorPlace {
  account?: string;
  region?: string;
  action?: string;
  file?: string;
  key?: string;
}

export interface VedetteErrorOptions {
  /** What the user can do. A full sentence or a command; never an Allow where a guardrail denies. */
  hint?: string;
  cause?: unknown;
  place?: ErrorPlace;
}

/**
 * The base of all errors that Vedette raises on purpose.
 * `code` is stable, kebab-case and part of the interface (exit codes and API answers rest on it).
 */
export class VedetteError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly place: ErrorPlace;

  constructor(code: string, message: string, options: VedetteErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VedetteError';
    this.code = code;
    this.hint = options.hint;
    this.place = options.place ?? {};
  }
}

/** Wrong use of a command, an option or a configuration file: exit code 2. */
export class UsageError extends VedetteError {
  constructor(message: string, options: VedetteErrorOptions = {}) {
    super('usage', message, options);
    this.name = 'UsageError';
  }
}

/** The message of anything thrown, without its stack. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return String(error);
}
