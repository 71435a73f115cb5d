import { test, type Browser, type CDPSession, type Page } from '@playwright/test';
import axe from 'axe-core';

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

/** From the key for the next row until its evidence, which the selector finds, is there; in ms. */
export const msToEvidence = (page: Page, selector: string) => page.evaluate((evidence) => new Promise<number>((resolve) => {
  const from = performance.now();
  const old = document.querySelector(evidence);
  const observer = new MutationObserver(() => {
    const now = document.querySelector(evidence);
    if (now && now !== old) {
      observer.disconnect();
      resolve(performance.now() - from);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
}), selector);

/** Script of the page while it works, in ms. Processor time of its thread: wall time says little on cores that are shared. */
export async function scriptTime(browser: Browser, page: Page, work: () => Promise<unknown>) {
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: { name: string; pid: number; tid: number; ts: number; dur?: number; tdur?: number }[] };
  const { pid, tid } = traceEvents.find((each) => each.name === 'FireAnimationFrame')!;
  const calls = traceEvents.filter((each) => each.pid === pid && each.tid === tid && each.tdur !== undefined && ['FunctionCall', 'FireAnimationFrame'].includes(each.name)).sort((a, b) => a.ts - b.ts);
  const outer = calls.filter((each) => !calls.some((other) => other !== each && other.ts <= each.ts && other.ts + other.dur! >= each.ts + each.dur!));
  const sum = (some: typeof calls) => some.reduce((all, each) => all + each.tdur! / 1000, 0);
  const frames = calls.filter((each) => each.name === 'FireAnimationFrame');
  return { all: sum(outer), frame: sum(frames) / frames.length, frames: frames.length };
}

/** What axe calls serious or critical in the page. The themes differ in nothing but colours. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
  }
  return page.evaluate(async () => {
    const found: string[] = [];
    const { theme } = document.documentElement.dataset;
    for (const name of ['dark', 'light']) {
      document.documentElement.dataset.theme = name;
      const result = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], ...(name === 'light' && { runOnly: ['color-contrast'] }) });
      found.push(...result.violations.filter((each) => ['serious', 'critical'].includes(each.impact ?? '')).map((each) => `${name}, ${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`));
    }
    document.documentElement.dataset.theme = theme;
    return found;
  });
}

/** The heap of the worker that all windows share. */
export async function workerHeap(browser: Browser): Promise<() => Promise<number>> {
  const root: CDPSession = await browser.newBrowserCDPSession();
  const { targetInfos } = await root.send('Target.getTargets');
  const target = targetInfos.find((each) => each.type === 'shared_worker')!;
  const { sessionId } = await root.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  let id = 0;
  const call = (method: string) => new Promise<Record<string, number>>((resolve) => {
    const own = ++id;
    const listen = ({ message }: { message: string }) => {
      const answer = JSON.parse(message);
      if (answer.id === own) {
        root.off('Target.receivedMessageFromTarget', listen);
        resolve(answer.result);
      }
    };
    root.on('Target.receivedMessageFromTarget', listen);
    void root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: own, method }) });
  });
  return async () => {
    await call('HeapProfiler.collectGarbage');
    return (await call('Runtime.getHeapUsage')).usedSize;
  };
}
