import { expect, test, type Page } from '@playwright/test';
import { KIDNAPPING, Mock } from './mock';
import { note, percentile, rowDelays, watchRows, workerHeap } from './page';

// Minutes of processor time: not part of the usual run.
test.skip(!process.env.BENCH, 'runs with BENCH=1');

let mock: Mock;

async function open(page: Page, queue: number) {
  mock = new Mock().fill(queue, 50);
  await page.goto(`${await mock.start()}/queue`);
  await page.locator('[data-item]').first().waitFor();
}

test.afterEach(() => mock.stop());

test('3: a kidnapping in a storm of 20,000 in 10 s', async ({ page }) => {
  await open(page, 20);
  const delays: number[] = [];
  for (let i = 0; i < 40; i++) {
    const from = Date.now();
    mock.emitNew(500);
    if (i % 2 === 0) {
      if (i === 0) {
        await watchRows(page);
      }
      mock.emitNew(1, KIDNAPPING);
    }
    await page.waitForTimeout(Math.max(0, 250 - (Date.now() - from)));
  }
  await expect(page.locator('[data-item]', { hasText: 'Secuestro' })).not.toHaveCount(0);
  await page.waitForTimeout(2000);
  delays.push(...(await rowDelays(page)));
  note('3 kidnappings in a storm, sent to row', `max ${Math.max(...delays)} ms (${delays.length} rows)`, '1000 ms from the emission');
  expect(percentile(delays, 0.99)).toBeLessThanOrEqual(1000);
});

test('memory is flat over a shift of 8 h', async ({ page, browser, context }) => {
  test.setTimeout(1_800_000);
  const hours = Number(process.env.SHIFT_HOURS ?? 8);
  await open(page, 200);
  mock.keptBatches = 100;
  const cdp = await context.newCDPSession(page);
  const worker = await workerHeap(browser);
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    return ((await cdp.send('Runtime.getHeapUsage')).usedSize + (await worker())) / 1e6;
  };
  // Four batches a second, each with a new item and the end of an old one; one answer in two minutes.
  const batches = hours * 3600 * 4;
  let [first, i] = [0, 1];
  mock.counts = () => ({ queue: i, review: 0, done: 0, muted: 0, unsubscribed: 0, highest: 97 });
  for (; i <= batches; i++) {
    const [oldest] = mock.items.keys();
    const over = { ...mock.items.get(oldest)!, list: 'DONE', status: 'CLOSED', seq: ++mock.seq };
    mock.items.delete(oldest);
    const born = mock.make(KIDNAPPING);
    mock.items.set(born.id, born);
    mock.batch({ items: [over, born], devices: mock.devices.slice(i % 300, (i % 300) + 5), counts: mock.counts() });
    if (i % 100 === 0) {
      // The screen keeps up: the number of what waits is in the title of the page.
      await page.waitForFunction((n) => document.title.startsWith(`(${n})`), i, { timeout: 300_000 });
    }
    if (i % 480 === 0) {
      for (const key of ['j', 'c', 'Escape']) {
        await page.keyboard.press(key);
      }
    }
    if (i === 4000) {
      // By now what is kept of the past is full.
      first = await heap();
    }
  }
  const last = await heap();
  note(`memory over ${hours} h: ${batches} batches, ${Math.floor(batches / 480)} answers`, `${first.toFixed(1)} -> ${last.toFixed(1)} MB (${((last / first - 1) * 100).toFixed(1)} %)`, '+10 %');
  expect(last / first).toBeLessThanOrEqual(1.1);
});
