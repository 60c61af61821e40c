import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { clip, sanitize } from './sanitize.ts';

const cases: readonly { name: string; text: string; expected: string; multiline?: boolean }[] = [
  { name: 'plain text', text: 'payments-prod 22', expected: 'payments-prod 22' },
  { name: 'colour escape', text: 'a\u001b[31mred', expected: 'a␛[31mred' },
  { name: 'hyperlink (OSC 8)', text: '\u001b]8;;https://e.example\u0007x', expected: '␛]8;;https://e.example␇x' },
  { name: 'clipboard (OSC 52) by C1', text: '\u009d52;c;ZXZpbA==\u009c', expected: '<U+009D>52;c;ZXZpbA==<U+009C>' },
  { name: 'bidirectional override', text: 'safe\u202Etxt.exe', expected: 'safe<U+202E>txt.exe' },
  { name: 'zero-width', text: 'pay\u200Bments\uFEFF', expected: 'pay<U+200B>ments<U+FEFF>' },
  { name: 'tag characters', text: 'a\u{E0041}\u{E0042}', expected: 'a<U+E0041><U+E0042>' },
  { name: 'soft hyphen and Hangul filler', text: '\u00ADx\u3164', expected: '<U+00AD>x<U+3164>' },
  { name: 'line separators', text: 'a\u2028b\u2029c\u0085d', expected: 'a<U+2028>b<U+2029>c<U+0085>d' },
  { name: 'line feed and tab on one line', text: 'a\nb\tc\r', expected: 'a␊b␉c␍' },
  { name: 'line feed and tab over lines', text: 'a\nb\tc\r', expected: 'a\nb  c␍', multiline: true },
  { name: 'NUL and DEL', text: 'a\u0000b\u007f', expected: 'a␀b␡' },
  { name: 'lone surrogate', text: 'a\ud800b', expected: 'a<U+D800>b' },
  { name: 'whole emoji keep their joiners', text: '👩‍💻 ❤️ 🇩🇪', expected: '👩‍💻 ❤️ 🇩🇪' },
  { name: 'a joiner outside an emoji', text: 'a\u200Db', expected: 'a<U+200D>b' },
  { name: 'scripts that need marks', text: 'ประเทศไทย हिन्दी', expected: 'ประเทศไทย हिन्दी' },
  { name: 'piled marks', text: `a${'\u0301'.repeat(50)}b`, expected: `a${'\u0301'.repeat(4)}\uFFFDb` },
];

describe('sanitize', () => {
  test.each(cases)('$name', ({ text, expected, multiline }) => {
    expect(sanitize(text, { multiline: multiline === true })).toBe(expected);
  });

  test('bounds a megabyte and says how much was cut', () => {
    expect(sanitize('x'.repeat(1_000_000), { maxLength: 10 })).toBe('xxxxxxxxxx… (999990 more characters)');
  });

  test('leaves nothing unseen, whatever comes', () => {
    const unseen =
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200D|\uFE0F|[\u{E0020}-\u{E007F}])[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const clean = sanitize(text);
        expect(clean).not.toMatch(unseen);
        expect(sanitize(clean, { maxLength: clean.length })).toBe(clean);
      }),
      { numRuns: 500 },
    );
  });

  test('the hostile corpus becomes inert', () => {
    const texts = hostileTexts();
    expect(texts.length).toBeGreaterThan(50);
    for (const { text } of texts) {
      // oxlint-disable-next-line no-control-regex
      expect(sanitize(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200c\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }
  });
});

describe('clip', () => {
  test('never ends inside a surrogate pair', () => {
    expect(clip('ab😀', 3)).toBe('ab');
    expect(clip('ab😀', 4)).toBe('ab😀');
  });
});
