import { expect, test, type Page } from '@playwright/test';
import axe from 'axe-core';
import { KIDNAPPING, Mock } from './mock';

// With CONSOLE_URL, CONSOLE_USER and CONSOLE_PASSWORD the same interactions run against a real server.
const real = process.env.CONSOLE_URL;
let mock: Mock;
let url: string;

test.beforeEach(async ({ page }) => {
  if (real) {
    url = real;
  } else {
    mock = new Mock().fill(14, 9);
    url = await mock.start();
  }
  const own = new URL(url).host;
  page.on('request', (request) => {
    if (!['blob:', 'data:'].includes(new URL(request.url()).protocol)) {
      expect(new URL(request.url()).host, 'no other host is asked').toBe(own);
    }
  });
  page.on('pageerror', (error) => expect(error.message, 'no error in the page').toBe(''));
  page.on('console', (message) => expect(message.text(), 'the content security policy allows everything used').not.toContain('Content Security Policy'));
});

test.afterEach(async () => {
  if (!real) {
    await mock.stop();
  }
});

async function open(page: Page, path = '/queue') {
  await page.goto(url + path);
  if (real) {
    await page.locator('input[autocomplete=username]').fill(process.env.CONSOLE_USER!);
    await page.locator('input[type=password]').fill(process.env.CONSOLE_PASSWORD!);
    await page.keyboard.press('Enter');
  }
  await page.locator('[data-item]').first().waitFor();
}

const active = (page: Page) => page.evaluate(() => document.querySelector('[aria-selected=true]')?.getAttribute('data-item') ?? null);
const activeTop = (page: Page) => page.evaluate(() => document.querySelector('[aria-selected=true]')!.getBoundingClientRect().top);
const percentile = (values: number[], share: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

test('1: one key answers a clear hit and the focus is on the next', async ({ page }) => {
  await open(page);
  await page.keyboard.press('j');
  const first = await active(page);
  await page.keyboard.press('c');
  await expect.poll(() => active(page)).not.toBe(first);
  const row = page.locator(`[data-item="${first}"]`);
  await expect(row).toHaveClass(/over/);
  await expect(page.locator('.undo')).toContainText('Correcta');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
});

test('2: w rejects a plate, z takes it back', async ({ page }) => {
  await open(page);
  await page.keyboard.press('j');
  const first = await active(page);
  await page.keyboard.press('w');
  await expect(page.locator(`[data-item="${first}"]`)).toHaveClass(/over/);
  await page.keyboard.press('z');
  await expect(page.locator(`[data-item="${first}"]`)).not.toHaveClass(/over/);
  expect(await active(page)).toBe(first);
  if (!real) {
    expect([...mock.acts.values()].map((act) => [act.outcome, act.state])).toEqual([['WRONG_PLATE', 'UNDONE']]);
  }
});

test('4: the chosen row does not move while 100 alerts a second arrive', async ({ page }) => {
  await open(page);
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('j');
  }
  const [before, id] = [await activeTop(page), await active(page)];
  const tops: number[] = [];
  for (let i = 0; i < 20; i++) {
    mock?.emitNew(25);
    await page.waitForTimeout(250);
    tops.push(await activeTop(page));
  }
  expect(new Set(tops)).toEqual(new Set([before]));
  expect(await active(page)).toBe(id);
  if (!real) {
    await expect(page.locator('.list').first().locator('.fresh')).toContainText('500');
    mock.emitNew(1, KIDNAPPING);
    await expect(page.locator('.alarmButton')).toContainText('Secuestro');
    expect(await activeTop(page)).toBe(before);
    await page.keyboard.press('p');
    await expect(page.locator('[aria-selected=true]')).toContainText('Secuestro');
  }
});

test('5: evidence is there within 100 ms, without another request', async ({ page }) => {
  await open(page);
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    times.push(await page.evaluate(() => new Promise<number>((resolve) => {
      const from = performance.now();
      const old = document.querySelector('.detail .plates, .detail .frame, .detail .pair, .detail .facts');
      const observer = new MutationObserver(() => {
        const now = document.querySelector('.detail .plates, .detail .frame, .detail .pair, .detail .facts');
        if (now && now !== old) {
          observer.disconnect();
          resolve(performance.now() - from);
        }
      });
      observer.observe(document.body, { childList: true, subtree: true });
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
    })));
    await page.waitForTimeout(100);
  }
  console.log(`evidence in the page: p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`);
  // The share of 95 % is printed, not required: on cores shared with the drawing of the map it says little.
  expect(percentile(times, 0.5)).toBeLessThanOrEqual(100);
});

test('6: 10,000 devices on the map cost little script', async ({ page, context }) => {
  test.skip(Boolean(real), 'shows invented records');
  mock.devices = new Mock(10_000).devices;
  await open(page);
  await page.waitForTimeout(4000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const scriptMs = async () => (await cdp.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'ScriptDuration')!.value * 1000;
  let before = await scriptMs();
  mock.batch({ devices: mock.devices.slice(0, 200).map((device) => ({ ...device, health: 'FAULT' })) });
  await page.waitForTimeout(3000);
  const batch = (await scriptMs()) - before;
  await page.locator('.maplibregl-canvas').focus();
  before = await scriptMs();
  const counting = page.evaluate(() => new Promise<number>((resolve) => {
    let frames = 0;
    const end = performance.now() + 4000;
    const frame = () => (performance.now() < end ? (frames++, requestAnimationFrame(frame)) : resolve(frames));
    requestAnimationFrame(frame);
  }));
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(400);
  }
  const frames = await counting;
  const perFrame = ((await scriptMs()) - before) / frames;
  console.log(`10,000 devices: a batch of 200 changes ${batch.toFixed(0)} ms of script, panning ${perFrame.toFixed(1)} ms a frame (${frames} frames in 4 s)`);
  // Wall time on cores without a GPU, shared with others: the limits are those of an idle machine, doubled.
  expect(batch).toBeLessThanOrEqual(100);
  expect(perFrame).toBeLessThanOrEqual(16);
});

test('8: three keys mute a list for 30 minutes, and a kidnapping still comes', async ({ page }) => {
  test.skip(Boolean(real), 'counts invented records');
  await open(page);
  await page.keyboard.press('j');
  for (const key of ['m', '1', 'Enter']) {
    await page.keyboard.press(key);
  }
  await expect.poll(() => mock.mutes.length).toBe(1);
  expect(mock.mutes[0]).toMatchObject({ scope: 'ME', matcher: { source: 'repuve' }, minutes: 30, reason: 'Ya se atiende' });
  mock.emitNew(1, KIDNAPPING);
  await expect(page.locator('.alarmButton')).toContainText('Secuestro');
  await page.keyboard.press('F3');
  await expect(page.getByRole('cell', { name: /lista repuve/ })).toBeVisible();
});

test('9: a lost server turns the frame amber, and the list is whole again', async ({ page }) => {
  test.skip(Boolean(real), 'stops the server');
  await open(page);
  const port = mock.port;
  const killed = Date.now();
  await mock.stop();
  await expect(page.locator('.app.stale')).toBeVisible({ timeout: 8000 });
  const amber = Date.now() - killed;
  const born = Array.from({ length: 5 }, () => mock.make(KIDNAPPING));
  born.forEach((item) => mock.items.set(item.id, item));
  mock.epoch = 'm2';
  const restarted = Date.now();
  await mock.start(port);
  await expect(page.locator('.app.stale')).toBeHidden({ timeout: 10_000 });
  await expect(page.locator('[data-item]', { hasText: 'Secuestro' })).toHaveCount(5);
  console.log(`amber after ${amber} ms, whole again after ${Date.now() - restarted} ms`);
  expect(amber).toBeLessThanOrEqual(5000);
  const ids = await page.evaluate(() => [...document.querySelectorAll('[data-item]')].map((row) => row.getAttribute('data-item')));
  expect(new Set(ids).size).toBe(ids.length);
});

test('a silent server turns the frame amber', async ({ page }) => {
  test.skip(Boolean(real), 'silences the server');
  await open(page);
  mock.heartbeat = false;
  await expect(page.locator('.app.stale')).toBeVisible({ timeout: 9000 });
  mock.heartbeat = true;
  await expect(page.locator('.app.stale')).toBeHidden({ timeout: 9000 });
});

test('several are answered at once with one reason, and taken back together', async ({ page }) => {
  test.skip(Boolean(real), 'counts invented records');
  await open(page);
  for (const key of ['j', ' ', 'j', ' ', 'j', ' ', 'x']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.type('misma patrulla');
  await page.keyboard.press('Enter');
  await expect.poll(() => mock.acts.size).toBe(3);
  expect([...mock.acts.values()].every((act) => act.note === 'misma patrulla' && act.outcome === 'NOT_ACTIONABLE')).toBe(true);
  await page.keyboard.press('z');
  await expect.poll(() => [...mock.acts.values()].every((act) => act.state === 'UNDONE')).toBe(true);
});

test('a filter and an item are an address', async ({ page }) => {
  test.skip(Boolean(real), 'counts invented records');
  await open(page, '/queue?minPriority=70');
  const ids = await page.locator('[data-item]').count();
  expect(ids).toBeLessThan(23);
  await page.keyboard.press('j');
  const id = await active(page);
  expect(decodeURIComponent(page.url())).toContain(`item=${id}`);
  await page.reload();
  await expect(page.locator(`[data-item="${id}"]`)).toHaveAttribute('aria-selected', 'true');
});

test('two windows share one connection', async ({ page, context }) => {
  test.skip(Boolean(real), 'counts requests');
  await open(page);
  const other = await context.newPage();
  await open(other);
  expect(mock.requests.filter((request) => request === 'GET /api/stream')).toHaveLength(1);
});

for (const theme of ['dark', 'light']) {
  for (const path of ['/queue', '/map', '/incident/incident%3A000001', '/mutes', '/health', '/admin/accounts', '/admin/audit', '/wall/1', '/login']) {
    test(`accessible and without page scroll: ${path}, ${theme}`, async ({ page }) => {
      test.skip(Boolean(real), 'shows invented records');
      mock.signedIn = path !== '/login';
      await page.addInitScript((name) => localStorage.setItem('theme', name), theme);
      await page.goto(url + path);
      await page.locator('main').first().waitFor();
      if (path === '/queue') {
        await page.locator('[data-item]').first().waitFor();
        await page.keyboard.press('j');
        await page.locator('.detail .facts').waitFor();
      }
      await page.waitForTimeout(700);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const result = await (globalThis as unknown as { axe: typeof axe }).axe.run();
        return result.violations.filter((each) => ['serious', 'critical'].includes(each.impact ?? '')).map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
    });
  }
}
