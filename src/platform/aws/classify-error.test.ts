import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { VedetteError } from '../../domain/errors.ts';
import cases from './classify-error.cases.json' with { type: 'json' };
import { classifyError } from './classify-error.ts';
import rules from './classify-error.rules.json' with { type: 'json' };
import { rememberOrigin } from './error-origin.ts';

interface Case {
  name: string;
  region?: string;
  error: { name: string; message: string; status?: number; code?: string; contentType?: string };
  expect: { class: string; code?: string; detail?: string; deniedBy?: string; explicitDeny?: boolean };
}

function thrown({ error }: Case): Error {
  const { name, message, status, code, contentType } = error;
  const made = Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });
  if (status !== undefined) Object.assign(made, { $metadata: { httpStatusCode: status } });
  if (contentType !== undefined) {
    Object.assign(made, { $response: { statusCode: status, headers: { 'content-type': contentType } } });
  }
  return made;
}

describe('an error is classified:', () => {
  test.each((cases as Case[]).map((one) => [one.name, one] as const))('%s', (_, one) => {
    const found = classifyError(thrown(one), one.region);
    expect(found).toMatchObject({ deniedBy: null, ...one.expect });
    expect(found.explicitDeny).toBe(one.expect.explicitDeny);
  });
});

test('the region is known from the call', () => {
  const error = Object.assign(new Error('x'), { name: 'AuthFailure' });
  expect(classifyError(error).deniedBy).toBe('unknown');
  rememberOrigin(error, { account: '111122223333', region: 'eu-south-2', operation: 'ec2:DescribeVpcs' });
  expect(classifyError(error).deniedBy).toBe('region-disabled');
});

test('our own refusals keep what AWS said behind them', () => {
  const cause = Object.assign(new Error('with an explicit deny in a service control policy'), { name: 'AccessDenied' });
  const error = new VedetteError('assume-role-refused', 'x may not assume y', { cause });
  expect(classifyError(error)).toMatchObject({ class: 'denied', deniedBy: 'scp', code: 'assume-role-refused' });
  expect(classifyError(new VedetteError('operation-not-declared', 'no'))).toMatchObject({ class: 'failed' });
});

test('every rule names its source and every class is one we know', () => {
  const rule = z.object({
    class: z.enum(['absent', 'denied', 'throttled', 'unsupported', 'failed', 'timeout']),
    url: z.url().startsWith('https://docs.aws.amazon.com/'),
  });
  expect(() => z.array(rule).min(10).parse(rules.rules)).not.toThrow();
});

test('anything thrown gets a class and a detail that is bounded and on one line', () => {
  const strange = fc.oneof(
    fc.anything(),
    fc.record({ name: fc.string(), message: fc.string({ unit: 'binary', maxLength: 700 }), code: fc.string() }),
    fc.string({ maxLength: 700 }).map((text) => new Error(text)),
  );
  fc.assert(
    fc.property(strange, (error) => {
      const found = classifyError(error);
      expect(rules.rules.map((rule) => rule.class)).toContain(found.class);
      expect(found.detail.length).toBeLessThanOrEqual(500);
      expect(found.code.length).toBeLessThanOrEqual(100);
      // eslint-disable-next-line no-control-regex -- that none is left is what is tested
      expect(found.detail).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
    { numRuns: 150 },
  );
});
