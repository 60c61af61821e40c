import { describe, expect, test } from 'vitest';
import { classifyError } from './classify-error.ts';
import { readEvidence } from './read-evidence.ts';
import { awsError } from './testing/scripted-aws.ts';

async function read(get: () => Promise<unknown>, absent?: readonly string[], signal?: AbortSignal) {
  const gaps: string[] = [];
  const value = await readEvidence('s3:GetBucketPolicy', get, {
    classify: classifyError,
    onGap: ({ operation, reason, detail }) => gaps.push(`${operation} ${reason} ${detail}`),
    ...(absent === undefined ? {} : { absent }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { value, gaps };
}

const unread = (reason: string) => ({ $unread: { operation: 's3:GetBucketPolicy', reason } });

describe('an answer', () => {
  test.each([['text'], [0], [false], [[]], [undefined], [null]])('%j is given on', async (answer) => {
    expect(await read(async () => answer)).toEqual({ value: answer, gaps: [] });
  });
});

describe('an error', () => {
  const cases: [string, unknown, readonly string[] | undefined, unknown, number][] = [
    ['that says there is none', awsError('NoSuchBucketPolicy', 'None.'), undefined, null, 0],
    ['that is declared to say so', awsError('OddError', 'None.'), ['OddError'], null, 0],
    ['that is not the declared one', awsError('OddError', 'None.'), ['Another'], unread('failed'), 1],
    ['denied', awsError('AccessDenied', 'No.', 403), undefined, unread('denied'), 1],
    [
      'denied, whatever else is declared',
      awsError('AccessDenied', 'No.', 403),
      ['NoSuchBucketPolicy'],
      unread('denied'),
      1,
    ],
    ['throttled', awsError('SlowDown', 'Later.', 503), undefined, unread('throttled'), 1],
    ['late', awsError('TimeoutError', 'Late.'), undefined, unread('timeout'), 1],
    ['not supported', awsError('NotImplemented', 'No such thing.', 501), undefined, unread('unsupported'), 1],
    ['a bug of ours', new TypeError('x is undefined'), undefined, unread('failed'), 1],
    ['no error at all', 'text', undefined, unread('failed'), 1],
  ];
  test.each(cases)('%s', async (_name, error, absent, value, gaps) => {
    const found = await read(() => Promise.reject(error), absent);
    expect(found.value).toEqual(value);
    expect(found.gaps).toHaveLength(gaps);
  });

  test('that is thrown before the call is sent is one as well', async () => {
    const found = await read(() => {
      throw new TypeError('no client');
    });
    expect(found.value).toEqual(unread('failed'));
  });

  test('after a stop is the stop', async () => {
    const stop = new AbortController();
    stop.abort(new Error('interrupted'));
    await expect(read(() => Promise.reject(awsError('AccessDenied', 'No.')), [], stop.signal)).rejects.toThrow(
      'interrupted',
    );
  });
});
