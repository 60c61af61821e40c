// The log: pino, to standard error only, because standard output carries results and nothing else.

import { pino, stdTimeFunctions } from 'pino';
import type { Logger as PinoLogger } from 'pino';
import type { Clock } from '../clock/clock.ts';
import { createStyle } from '../terminal/colour.ts';
import { inertJson } from '../terminal/inert-json.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { redactText, redactValue } from './redact.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the rest of the program sees of pino. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: Record<string, unknown>): Logger;
};

export interface LoggerOptions {
  level: LogLevel;
  /**
   * Takes each line without its line feed: `progress.message` while a bar is shown,
   * else a writer to standard error.
   */
  write(line: string): void;
  /** `text` for a person at a terminal, `json` (one object a line) otherwise. */
  format: 'text' | 'json';
  colours?: boolean;
  /** The clock of the lines; without it the system's. */
  clock?: Clock;
}

const levelNames: Readonly<Record<number, LogLevel>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
};

/** One line for a person: time, level, message, then the fields. */
function textLine(json: string, colours: boolean): string {
  const style = createStyle(colours);
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const name = levelNames[Number(level)] ?? 'error';
  const paint = {
    trace: style.dim,
    debug: style.dim,
    info: style.cyan,
    warn: style.yellow,
    error: style.red,
    silent: style.dim,
  };
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const said = [msg, ...rest].filter((part) => part !== undefined && part !== '').join('  ');
  return `${style.dim(String(time).slice(11, 19))} ${paint[name](name.padEnd(5))} ${sanitize(said, { maxLength: 4_000 })}`;
}

/**
 * A logger. Fields that hold secrets by their name, and credentials by their look, never reach a line.
 * Nothing is buffered: a line is written when it is logged.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { clock, write } = options;
  const destination = {
    write: (chunk: string): void => {
      const line = chunk.trimEnd();
      write(options.format === 'json' ? inertJson(line) : textLine(line, options.colours === true));
    },
  };
  const root = pino(
    {
      level: options.level,
      base: null,
      timestamp: clock === undefined ? stdTimeFunctions.isoTime : () => `,"time":"${clock.now().toISOString()}"`,
      // Errors are cleaned by redactValue; pino's own serialiser would take the result for a plain object.
      serializers: { err: (value: unknown) => value },
      hooks: {
        // Messages are cleaned before they are written as JSON, whose quotation marks would hide what is in them.
        logMethod(args, method) {
          const clean = args.map((arg: unknown) => (typeof arg === 'string' ? redactText(arg.slice(0, 8_192)) : arg));
          method.apply(this, clean as typeof args);
        },
      },
      formatters: {
        log: (fields) => redactValue(fields) as Record<string, unknown>,
      },
    },
    destination,
  );
  return guard(root);
}

/** pino gives a child's own fields to no formatter, so they are cleaned before it sees them. */
function guard(logger: PinoLogger): Logger {
  return {
    trace: logger.trace.bind(logger),
    debug: logger.debug.bind(logger),
    info: logger.info.bind(logger),
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
    child: (bindings) => guard(logger.child(redactValue(bindings) as Record<string, unknown>)),
  };
}
