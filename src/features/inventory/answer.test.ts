import { describe, expect, test } from 'vitest';
import { membersOf, tagsOf, textOrNull, timeOrNull } from './answer.ts';

describe('membersOf', () => {
  const must = membersOf('s3:ListBuckets');

  test.each([undefined, null, ''])('%s is not there', (value) => {
    expect(() => must(value, 'Name')).toThrowError(
      expect.objectContaining({ code: 'malformed-answer', vedetteOperation: 's3:ListBuckets' }),
    );
  });

  test.each([0, false, 'a', []])('%s is there', (value) => {
    expect(must(value, 'Name')).toBe(value);
  });

  test('a value that is not documented is not believed, and not repeated', () => {
    expect(must.oneOf('a', ['a', 'b'], 'Status')).toBe('a');
    expect(() => must.oneOf('secret-value', ['a', 'b'], 'Status')).toThrowError(/lacks Status/);
    expect(() => must.oneOf('secret-value', ['a', 'b'], 'Status')).not.toThrowError(/secret-value/);
  });

  test('times are ISO 8601', () => {
    expect(must.time(new Date('2026-01-02T03:04:05+01:00'), 'At')).toBe('2026-01-02T02:04:05.000Z');
    expect(() => must.time(new Date('yesterday'), 'At')).toThrowError(/lacks At/);
  });
});

describe('optional members', () => {
  test('what AWS leaves out is null', () => {
    expect([textOrNull(undefined), textOrNull(''), textOrNull('a')]).toEqual([null, null, 'a']);
    expect([timeOrNull(undefined), timeOrNull(new Date('never'))]).toEqual([null, null]);
  });

  test('tags in either spelling, with whatever keys people chose', () => {
    const tags = tagsOf([
      { Key: 'owner', Value: 'payments' },
      { TagKey: 'env' },
      { Key: '__proto__', Value: 'polluted' },
    ]);
    expect(Object.entries(tags)).toEqual([
      ['owner', 'payments'],
      ['env', ''],
      ['__proto__', 'polluted'],
    ]);
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
  });
});
