/* eslint-disable no-template-curly-in-string -- policy variables */
import { expect, test } from 'vitest';
import { variableFault } from './variables.ts';

test.each([
  'no variable, $ and {braces}',
  '${aws:username}',
  '${*}${?}${$}{aws:username',
  "${aws:PrincipalTag/cost center, 'none'}",
  "${aws:PrincipalTag/team, ''}",
  '${oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub}',
])('%s is sound', (text) => {
  expect(variableFault(text)).toBeUndefined();
});

test.each([
  ['${aws:username', 'is not complete'],
  ['${aws:username}/${', 'is not complete'],
  ['${${aws:username}', 'is not complete'],
  ['${aws:${username}}', 'is not complete'],
  ['${}', 'is not complete'],
  ["${aws:username, 'x}", 'is not complete'],
  ['${aws:PrincipalTag/team, none}', 'is not complete'],
  ['${ aws:username}', 'names no condition key'],
  ['${aws:username }', 'names no condition key'],
  ['${aws: username}', 'names no condition key'],
  ['${username}', 'names no condition key'],
  ['${AWS:TagKeys}', 'several values'],
  ["${aws:CalledVia, 'x'}", 'several values'],
])('%s %s', (text, fault) => {
  expect(variableFault(text)).toContain(fault);
});

test.each(['${', '${a', '${a ', '${ ', "${a,'", "${a, 'b' ", '${a:b} '])('a megabyte of %j is read once', (text) => {
  expect(variableFault(`${text.repeat(1_000_000 / text.length)}\${`)).toContain('is not complete');
});
