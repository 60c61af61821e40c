// An answer that is an error, in AWS's words; `sdk-error.ts` turns it into the exception of the service's SDK client.

export interface RefusalOptions {
  /** HTTP status; 400 when not given. */
  status?: number;
  /** Members of the exception beside its message, and response headers under `headers`. */
  members?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}

/** Thrown by answers. `code` is what AWS puts on the wire, for example `NoSuchEntity`. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, options: RefusalOptions = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}

/** Refuses a call with one of AWS's error codes. */
export function refuse(code: string, message: string, options?: RefusalOptions): never {
  throw new Refusal(code, message, options);
}
