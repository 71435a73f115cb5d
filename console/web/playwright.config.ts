import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  testMatch: '*.test.ts',
  workers: 1,
  // Long, because a machine may be shared: a test that can pass waits for what is sure to come.
  timeout: 300_000,
  globalTimeout: process.env.CONSOLE_BENCH || process.env.BENCH ? 0 : 1_200_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./tests/table.ts']],
  use: {
    viewport: { width: 1366, height: 768 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    },
  },
});
