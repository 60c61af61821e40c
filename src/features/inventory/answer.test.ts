import { describe, expect, test } from 'vitest';
import { isUnread, unread } from '../../domain/evidence.ts';
import { membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from './answer.ts';
import { collectors } from '../../generated/collectors.ts';
import { contextOf } from './collect-context.ts';
import { findSecrets } from './secrets/detect.ts';
import { dependencies } from './testing.ts';

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

describe('tags of a resource', () => {
  const given = dependencies({ findSecrets: (text, location) => findSecrets(text, location, 'key') });
  const context = contextOf(
    { region: 'eu-west-1', collector: collectors[0]! },
    given,
    new AbortController().signal,
    undefined,
    [],
  );
  const tagsAfter = (tags: Parameters<typeof resourceOf>[2]['tags']): unknown =>
    resourceOf(context, 'AWS::SNS::Topic', { arn: 'arn', name: 'n', tags, config: { policy: null, kmsKeyId: null } })
      .tags;

  test('carry no secret on, and everything else as it is', () => {
    expect(
      tagsAfter({
        Name: 'web-1',
        'aws:cloudformation:stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/a/b',
        'db-password': 'hunter2hunter2',
        note: 'log in with password=Winter2026!',
        ['__proto__']: 'x',
      }),
    ).toEqual({
      Name: 'web-1',
      'aws:cloudformation:stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/a/b',
      'db-password': expect.stringMatching(/^\[generic-password [0-9a-f]{16}\]$/),
      note: expect.stringMatching(/^\[generic-password [0-9a-f]{16}\]$/),
      ['__proto__']: 'x',
    });
  });

  test('stay unread when they were, and cannot claim to be', () => {
    const missing = unread('sns:ListTagsForResource', 'denied');
    expect(tagsAfter(missing)).toBe(missing);
    expect(isUnread(missing)).toBe(true);
    expect(isUnread(tagsAfter({ $unread: 'denied' }))).toBe(false);
  });
});
