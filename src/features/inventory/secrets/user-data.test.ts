import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets } from './detect.ts';
import { userDataTexts } from './user-data.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64');
const script = '#!/bin/bash\nexport DB_PASSWORD=hunter22\n';

function secretsIn(userData: string): string[] {
  return userDataTexts(userData).flatMap(({ text, location }) =>
    findSecrets(text, location, 'key of the test').map((match) => `${match.detector} ${match.location}`),
  );
}

function outcomeOf(open: () => unknown): unknown {
  try {
    open();
    return 'opened';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

const folded = (text: string): string => base64(text).replace(/(.{76})/g, '$1\n');

const mime = (encoding: string, body: string): string =>
  [
    'Content-Type: multipart/mixed; boundary="==BOUNDARY=="',
    'MIME-Version: 1.0',
    '',
    '--==BOUNDARY==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    body,
    '--==BOUNDARY==--',
    '',
  ].join('\n');

const cases: readonly [name: string, userData: string, found: string][] = [
  ['a plain script', base64(script), 'generic-password user data line 2'],
  ['a compressed script', base64(gzipSync(script)), 'generic-password user data line 2'],
  ['a MIME part', base64(mime('7bit', script)), 'generic-password user data line 9'],
  ['a base64 MIME part', base64(mime('base64', base64(script))), 'generic-password user data, decoded, line 2'],
  [
    'a base64 MIME part of many lines',
    base64(
      mime('base64', folded(`#!/bin/bash\n${'# a comment that makes it long\n'.repeat(9)}DB_PASSWORD=hunter22\n`)),
    ),
    'generic-password user data, decoded, line 11',
  ],
  [
    'a compressed multipart',
    base64(gzipSync(mime('base64', base64(script)))),
    'generic-password user data, decoded, line 2',
  ],
  [
    'a compressed file of cloud-config',
    base64(`#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: ${base64(gzipSync(script))}\n`),
    'generic-password user data, decoded, line 2',
  ],
  [
    'an encoded PowerShell command',
    base64(
      `<powershell>\npowershell -enc ${Buffer.from('$pwd = "Sup3rSecret"', 'utf16le').toString('base64')}\n</powershell>`,
    ),
    'generic-password user data, decoded,',
  ],
];

describe('userDataTexts', () => {
  test.each(cases)('opens %s', (_name, userData, expected) => {
    expect(secretsIn(userData)).toContain(expected);
  });

  test('an empty script holds nothing', () => {
    expect(userDataTexts('')).toEqual([{ text: '', location: 'user data' }]);
  });

  test.each([
    ['no base64', 'not base64!'],
    ['a broken archive', base64(Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('DB_PASSWORD=hunter22')]))],
    ['a decompression bomb', base64(gzipSync(Buffer.alloc(2 * 1024 * 1024)))],
    ['a bomb inside', base64(`content: ${base64(gzipSync(Buffer.alloc(2 * 1024 * 1024)))}`)],
  ])('refuses %s without telling its content', (_name, userData) => {
    const error = (() => {
      try {
        return userDataTexts(userData);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ code: 'user-data-undecodable' });
    expect(String(error)).not.toContain('hunter22');
    expect((error as Error).cause).toBeUndefined();
  });

  test('whatever bytes come, they are opened or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const outcome = outcomeOf(() => userDataTexts(base64(bytes)));
        expect(['opened', 'user-data-undecodable']).toContain(outcome);
      }),
      { numRuns: 200 },
    );
  });
});
