import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { inertJson } from './inert-json.ts';

describe('JSON on standard output', () => {
  test.each(hostileTexts().map((one): [string, string] => [one.name, one.text]))(
    '%s is inert and parses to itself',
    (_name, text) => {
      const printed = inertJson(JSON.stringify({ [text.slice(0, 100)]: text }, null, 2));
      expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ [text.slice(0, 100)]: text })));
    },
  );
});
