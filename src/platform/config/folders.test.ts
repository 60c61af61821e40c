import { describe, expect, test } from 'vitest';
import { defaultDataDir, demoDataDir, userConfigFile } from './folders.ts';

describe('folders of the platform', () => {
  test.each([
    ['linux', {}, '/home/u', '/home/u/.local/share/vedette', '/home/u/.config/vedette/config.yaml'],
    ['linux', { XDG_DATA_HOME: '/d', XDG_CONFIG_HOME: '/c' }, '/home/u', '/d/vedette', '/c/vedette/config.yaml'],
    [
      'linux',
      { XDG_DATA_HOME: 'relative' },
      '/home/u',
      '/home/u/.local/share/vedette',
      '/home/u/.config/vedette/config.yaml',
    ],
    [
      'darwin',
      {},
      '/Users/u',
      '/Users/u/Library/Application Support/vedette',
      '/Users/u/Library/Application Support/vedette/config.yaml',
    ],
    [
      'win32',
      { LOCALAPPDATA: 'D:\\L', APPDATA: 'D:\\R' },
      'C:\\Users\\u',
      'D:\\L\\vedette',
      'D:\\R\\vedette\\config.yaml',
    ],
    [
      'win32',
      {},
      'C:\\Users\\u',
      'C:\\Users\\u\\AppData\\Local\\vedette',
      'C:\\Users\\u\\AppData\\Roaming\\vedette\\config.yaml',
    ],
  ] as const)('%s %j', (platform, env, home, data, config) => {
    expect(defaultDataDir({ platform, env, home })).toBe(data);
    expect(userConfigFile({ platform, env, home })).toBe(config);
  });

  test('the simulated organisation has a folder of its own', () => {
    expect(demoDataDir('/d/vedette', 'linux')).toBe('/d/vedette/demo');
  });
});
