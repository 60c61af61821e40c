// Whether to colour, and the few colours there are. Colour never carries a meaning alone: severity is a word too.
// Sources: https://no-color.org, https://force-color.org

import type { Severity } from '../../domain/severity.ts';

export const colourModes = ['auto', 'always', 'never'] as const;
export type ColourMode = (typeof colourModes)[number];

export interface ColourQuestion {
  /** What `--color` or the configuration says. */
  mode: ColourMode;
  env: Readonly<Record<string, string | undefined>>;
  isTTY: boolean;
}

/**
 * Whether output may be coloured. An explicit mode decides; then `NO_COLOR` (any value but the empty one) forbids,
 * `FORCE_COLOR` (any value but empty, `0` and `false`) demands, `TERM=dumb` forbids, and a terminal is coloured.
 */
export function colourEnabled({ mode, env, isTTY }: ColourQuestion): boolean {
  if (mode !== 'auto') return mode === 'always';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '' && force !== '0' && force !== 'false') return true;
  if (env['TERM'] === 'dumb') return false;
  return isTTY;
}

type Paint = (text: string) => string;

/** Paints text, or returns it as it is when colours are off. Pass sanitised text only. */
export interface Style {
  enabled: boolean;
  bold: Paint;
  dim: Paint;
  green: Paint;
  yellow: Paint;
  red: Paint;
  cyan: Paint;
  underline: Paint;
  /** The colour of a severity, for its word and its figures. */
  severity(severity: Severity): Paint;
}

const plain: Paint = (text) => text;

/** SGR start and end codes; the sixteen colours of the user's own theme, so that both light and dark ones work. */
function sgr(start: string, end: string): Paint {
  return (text) => (text === '' ? '' : `\u001b[${start}m${text}\u001b[${end}m`);
}

const severityPaint: Readonly<Record<Severity, Paint>> = {
  critical: sgr('1;31', '22;39'),
  high: sgr('31', '39'),
  medium: sgr('33', '39'),
  low: sgr('36', '39'),
  info: sgr('2', '22'),
};

const painted: Style = {
  enabled: true,
  bold: sgr('1', '22'),
  dim: sgr('2', '22'),
  green: sgr('32', '39'),
  yellow: sgr('33', '39'),
  red: sgr('31', '39'),
  cyan: sgr('36', '39'),
  underline: sgr('4', '24'),
  severity: (severity) => severityPaint[severity],
};

export const plainStyle: Style = {
  enabled: false,
  bold: plain,
  dim: plain,
  green: plain,
  yellow: plain,
  red: plain,
  cyan: plain,
  underline: plain,
  severity: () => plain,
};

/** The painter for an output that is coloured or not. */
export function createStyle(enabled: boolean): Style {
  return enabled ? painted : plainStyle;
}
