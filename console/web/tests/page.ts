import { test, type Page } from '@playwright/test';

/** A line of the table at the end. */
export const note = (what: string, measured: string, target: string) =>
  test.info().annotations.push({ type: 'figure', description: `${what}|${measured}|${target}` });

export const percentile = (values: number[], share: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Notes of each row of an item that is made from now on how long ago that was. */
export const watchRows = (page: Page) => page.evaluate(() => {
  const from = Date.now();
  const known = new Set<string>();
  const delays = ((globalThis as Record<string, unknown>).delays = [] as number[]);
  new MutationObserver(() => document.querySelectorAll<HTMLElement>('[data-item]').forEach((row) => {
    const opened = Number(row.querySelector('time')?.dataset.opened);
    if (opened >= from && !known.has(row.dataset.item!)) {
      known.add(row.dataset.item!);
      delays.push(Date.now() - opened);
    }
  })).observe(document.querySelector('.lists')!, { childList: true, subtree: true });
});

export const rowDelays = (page: Page) => page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
