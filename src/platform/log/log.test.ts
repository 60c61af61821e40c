import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { fixedClock } from '../clock/clock.ts';
import { createLogger } from './log.ts';
import type { LogLevel } from './log.ts';
import { redactText, redactValue } from './redact.ts';

function logTo(format: 'text' | 'json', level: LogLevel = 'info') {
  const lines: string[] = [];
  const log = createLogger({
    level,
    format,
    write: (line) => lines.push(line),
    clock: fixedClock('2026-11-01T12:34:56.000Z'),
  });
  return { lines, log };
}

const accessKey = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('log', () => {
  test('writes one JSON object a line', () => {
    const { lines, log } = logTo('json');
    log.info({ account: '111122223333' }, 'unit done');
    log.debug('not at this level');
    expect(lines).toEqual([
      '{"level":30,"time":"2026-11-01T12:34:56.000Z","account":"111122223333","msg":"unit done"}',
    ]);
  });

  test('writes words for a person', () => {
    const { lines, log } = logTo('text');
    log.child({ region: 'eu-west-1' }).warn({ tries: 3 }, 'throttled');
    expect(lines).toEqual(['12:34:56 warn  throttled  region=eu-west-1  tries=3']);
  });

  test('silent is silent', () => {
    const { lines, log } = logTo('json', 'silent');
    log.error('x');
    expect(lines).toEqual([]);
  });

  test.each(['text', 'json'] as const)('no credential reaches a line (%s)', (format) => {
    const { lines, log } = logTo(format, 'trace');
    const child = log.child({ sessionToken: secret });
    child.info({ credentials: { accessKeyId: accessKey, secretAccessKey: secret } }, `key ${accessKey}`);
    child.error(
      new Error(`refused postgresql://u:${secret.replaceAll('/', '')}@db/v`),
      `aws_secret_access_key = ${secret}`,
    );
    child.warn({ err: new Error(`aws_secret_access_key=${secret}`, { cause: { token: secret } }) }, 'failed');
    child.debug({ nested: [{ headers: { Authorization: `Bearer ${secret}` } }] });
    const text = lines.join('\n');
    log.info(`password="${secret}" {"token": 1, "sessionToken": "${secret}"}`);
    expect(lines).toHaveLength(5);
    expect(text).not.toContain(accessKey);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.replaceAll('/', ''));
    expect(text).toContain('refused');
  });

  test.each(['text', 'json'] as const)('hostile text stays one inert line (%s)', (format) => {
    const { lines, log } = logTo(format);
    const texts = hostileTexts();
    for (const { text } of texts) log.info({ tag: text }, text);
    expect(lines).toHaveLength(texts.length);
    // oxlint-disable-next-line no-control-regex
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
  });
});

describe('redaction', () => {
  test.each([
    [`X-Amz-Signature=abcdef0123456789&x=1`, 'X-Amz-Signature=[redacted]&x=1'],
    ['{"SessionToken": "FwoGZXIvYXdzE"}', '{"SessionToken": "[redacted]"}'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: [redacted]'],
    ['arn:aws:iam::111122223333:role/Vedette', 'arn:aws:iam::111122223333:role/Vedette'],
    ['the password policy asks for 14 characters', 'the password policy asks for 14 characters'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[redacted]'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test('bounds depth, breadth and length, and survives cycles', () => {
    const cycle: Record<string, unknown> = { text: 'x'.repeat(10_000), list: Array.from({ length: 1_000 }, () => 1) };
    cycle['self'] = cycle;
    expect(JSON.stringify(redactValue(cycle)).length).toBeLessThan(40_000);
    expect(redactValue(new Uint8Array(5))).toBe('[5 bytes]');
  });
});
