import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { inertJson } from './inert-json.ts';

describe('JSON on standard output', () => {
  test.each(hostileTexts().map((one): [string, string] => [one.name, one.text]))(
    '%s is inert and parses to itself',
    (_name, text) => {
      const printed = inertJson(JSON.stringify({ [text.slice(0, 100)]: text }, null, 2));
      expect([...printed].filter((one) => one !== '\n' && /[\p{Cc}\p{Cf}]/u.test(one))).toEqual([]);
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ [text.slice(0, 100)]: text })));
    },
  );
});
