import { expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import { pass } from '../../domain/verdict.ts';
import { scopeCheck } from './contract.ts';
import { parameterSettings } from './parameters.ts';

const check = scopeCheck({
  subject: 'region',
  needs: [],
  title: 'A rule of this test',
  severity: 'low',
  severityReason: 'It is a test.',
  why: 'It is a test.',
  fix: { text: 'Nothing.' },
  references: [],
  controls: {},
  parameters: {
    maxAgeDays: { type: 'number', default: 90, minimum: 1, maximum: 365, description: 'Days that a key may live.' },
    policyArn: { type: 'string', default: 'arn:default', description: 'The policy.' },
    ports: { type: 'strings', default: ['80'], description: 'Open ports.' },
    mode: { type: 'string', default: 'strict', oneOf: ['strict', 'LAX'], description: 'How strict.' },
    kinds: { type: 'strings', default: [], oneOf: ['numbers', 'symbols'], description: 'Kinds.' },
    port: { type: 'strings', default: [], form: 'port', description: 'Single ports.' },
    ranges: { type: 'strings', default: [], form: 'port range', description: 'Ports and ranges.' },
  },
  evaluate: () => pass('Fine.'),
});
const entry = { id: 'test-rule', service: 'test', check };
const bare = { id: 'bare-rule', service: 'test', check: scopeCheck({ ...check, parameters: {} }) };
const set = (values: Record<string, unknown>) => parameterSettings([entry, bare], [{ entry, values }]);

test('defaults hold where nothing is set', () => {
  const values = parameterSettings([entry], []);
  expect(values('test-rule', 'maxAgeDays')).toBe(90);
  expect(values('test-rule', 'ports')).toEqual(['80']);
  expect(values('test-rule', 'other')).toBeUndefined();
  expect(values('other-rule', 'maxAgeDays')).toBeUndefined();
});

const accepted: { name: string; value: unknown; expected: unknown }[] = [
  { name: 'maxAgeDays', value: 30, expected: 30 },
  { name: 'maxAgeDays', value: ' 30 ', expected: 30 },
  { name: 'maxAgeDays', value: 1, expected: 1 },
  { name: 'maxAgeDays', value: 365, expected: 365 },
  { name: 'policyArn', value: ' arn:other ', expected: 'arn:other' },
  { name: 'ports', value: ['22', 443], expected: ['22', '443'] },
  { name: 'ports', value: '22, 443', expected: ['22', '443'] },
  { name: 'ports', value: [], expected: [] },
  { name: 'ports', value: ' ', expected: [] },
  { name: 'mode', value: 'lax', expected: 'LAX' },
  { name: 'kinds', value: 'Symbols', expected: ['symbols'] },
  { name: 'port', value: '0, 65535', expected: ['0', '65535'] },
  { name: 'ranges', value: ['80', '1020-1025'], expected: ['80', '1020-1025'] },
];
test.each(accepted)('$name takes $value', ({ name, value, expected }) => {
  const values = set({ [name]: value });
  expect(values('test-rule', name)).toEqual(expected);
  expect(values('test-rule', 'maxAgeDays')).toBe(name === 'maxAgeDays' ? expected : 90);
});

const refused: { name: string; value: unknown; message: string; hint?: string }[] = [
  { name: 'maxAgeDays', value: 0, message: 'at least 1' },
  { name: 'maxAgeDays', value: 366, message: 'at most 365' },
  { name: 'maxAgeDays', value: 'soon', message: 'a number', hint: 'Days that a key may live.' },
  { name: 'maxAgeDays', value: '', message: 'a number' },
  { name: 'maxAgeDays', value: Number.NaN, message: 'a number' },
  { name: 'maxAgeDays', value: Number.POSITIVE_INFINITY, message: 'a number' },
  { name: 'maxAgeDays', value: null, message: 'a number' },
  { name: 'policyArn', value: ' ', message: 'a text' },
  { name: 'policyArn', value: 7, message: 'a text' },
  { name: 'ports', value: 22, message: 'a list of texts' },
  { name: 'ports', value: [{}], message: 'a list of texts' },
  { name: 'mode', value: 'loose', message: 'one of strict, LAX', hint: 'How strict.' },
  { name: 'kinds', value: ['numbers', 'letters'], message: 'one of numbers, symbols' },
  { name: 'port', value: 'ssh', message: 'a list of ports' },
  { name: 'port', value: '65536', message: 'a list of ports' },
  { name: 'port', value: '20-21', message: 'a list of ports' },
  { name: 'ranges', value: '25-20', message: 'a list of ports and ranges' },
  { name: 'maxAge', value: 30, message: 'no parameter "maxAge"', hint: 'Did you mean maxAgeDays?' },
  {
    name: 'colour',
    value: 30,
    message: 'no parameter "colour"',
    hint: 'It takes maxAgeDays, policyArn, ports, mode, kinds, port, ranges.',
  },
  { name: '__proto__', value: 30, message: 'no parameter "__proto__"' },
  { name: 'constructor', value: 30, message: 'no parameter "constructor"' },
];
test.each(refused)('$name refuses $value', ({ name, value, message, hint }) => {
  const attempt = (): unknown => set(Object.fromEntries([[name, value]]));
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
  expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint ?? '') }));
});

test('names are taken in any case', () => {
  expect(set({ policyARN: 'arn:other' })('test-rule', 'policyArn')).toBe('arn:other');
});

test('a check without parameters says so', () => {
  expect(() => parameterSettings([bare], [{ entry: bare, values: { maxAgeDays: 1 } }])).toThrow(
    expect.objectContaining({ hint: 'It takes none.' }),
  );
});
