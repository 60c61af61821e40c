import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/emulator/**/*.test.ts'],
    isolate: false,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
