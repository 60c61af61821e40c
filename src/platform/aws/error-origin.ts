// Remembers where an error of the SDK happened, without touching the error.

/** The call that an error came from. */
export interface ErrorOrigin {
  account: string;
  region: string;
  operation: string;
}

const origins = new WeakMap<object, ErrorOrigin>();

export function rememberOrigin(error: unknown, origin: ErrorOrigin): void {
  if (typeof error === 'object' && error !== null) origins.set(error, origin);
}

/** The call that the error came from; undefined for errors that no client of ours met. */
export function originOf(error: unknown): ErrorOrigin | undefined {
  return typeof error === 'object' && error !== null ? origins.get(error) : undefined;
}
