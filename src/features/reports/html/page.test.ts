import { describe, expect, test } from 'vitest';
import { style } from './page.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const themes = [...style.matchAll(/:root\{([^}]*--ground[^}]*)\}/g)].map(([, body = '']) =>
  Object.fromEntries([...body.matchAll(/--(\w+):(#[0-9a-f]+)/g)].map(([, name = '', value = '']) => [name, value])),
);

describe('contrast', () => {
  test('light, dark and print are there', () => {
    expect(themes).toHaveLength(3);
    expect(contrast('#000', '#ffffff')).toBeCloseTo(21, 5);
  });

  test.each(['text', 'soft', 'critical', 'high', 'medium', 'low', 'info'])('%s can be read on both grounds', (name) => {
    for (const theme of themes) {
      const colours = [theme['ground'], theme['raised']].map((ground) =>
        contrast(theme[name] ?? '#777777', ground ?? '#777777'),
      );
      expect(Math.min(...colours)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
