import { describe, expect, test } from 'vitest';
import { severities } from '../../domain/severity.ts';
import { colourEnabled, createStyle } from './colour.ts';
import type { ColourMode } from './colour.ts';
import { displayWidth } from './width.ts';

const cases: readonly { mode: ColourMode; env: Record<string, string>; isTTY: boolean; colours: boolean }[] = [
  { mode: 'auto', env: {}, isTTY: true, colours: true },
  { mode: 'auto', env: {}, isTTY: false, colours: false },
  { mode: 'auto', env: { NO_COLOR: '1' }, isTTY: true, colours: false },
  { mode: 'auto', env: { NO_COLOR: '' }, isTTY: true, colours: true },
  { mode: 'auto', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, isTTY: true, colours: false },
  { mode: 'auto', env: { FORCE_COLOR: '1' }, isTTY: false, colours: true },
  { mode: 'auto', env: { FORCE_COLOR: '0' }, isTTY: false, colours: false },
  { mode: 'auto', env: { FORCE_COLOR: '1', TERM: 'dumb' }, isTTY: false, colours: true },
  { mode: 'auto', env: { TERM: 'dumb' }, isTTY: true, colours: false },
  { mode: 'always', env: { NO_COLOR: '1' }, isTTY: false, colours: true },
  { mode: 'never', env: { FORCE_COLOR: '1' }, isTTY: true, colours: false },
];

describe('colour policy', () => {
  test.each(cases)('$mode $env terminal=$isTTY → $colours', ({ mode, env, isTTY, colours }) => {
    expect(colourEnabled({ mode, env, isTTY })).toBe(colours);
  });

  test('without colours nothing is painted', () => {
    const style = createStyle(false);
    expect(style.bold('x') + style.severity('critical')('y')).toBe('xy');
  });

  test('painting never changes the words', () => {
    const style = createStyle(true);
    for (const severity of severities) {
      const painted = style.severity(severity)('word');
      expect(painted).toContain('word');
      expect(displayWidth(painted)).toBe(4);
    }
  });
});
