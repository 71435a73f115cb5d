import { ApiError, get, post, type DeviceDetail, type Item } from './api';
import { number, t } from './i18n.svelte';
import { shortName } from './items';
import { store } from './store.svelte';

export interface ActFields {
  type: string; outcome?: string; note?: string; text?: string; other?: string; eventIds?: string[];
  dispositionCommonRegistryCode?: string; reason?: string; taskId?: string;
}

interface Done { acts: Map<string, string>; text: string; until: number }

/** Acts after which an item needs nothing more from this list. */
const ENDING = new Set(['DISPOSE', 'CLOSE', 'REJECT']);
const LARGEST_REQUEST = 200;
const SETTLED_MS = 30_000;

/** The answers of this window: sent at once, and taken back within the time that the server grants. */
class Answers {
  /** What was answered here, by item. */
  over = $state.raw<ReadonlyMap<string, { label: string; since: number }>>(new Map());
  last = $state.raw<Done | undefined>();
  message = $state<{ text: string; bad: boolean } | undefined>();
  #stack: Done[] = [];
  #messageTimer: ReturnType<typeof setTimeout> | undefined;

  isOver = (id: string) => this.over.has(id) || !store.items.has(id) || store.items.get(id)!.list === 'DONE';

  get undoLeftMs() {
    return this.last ? Math.max(0, this.last.until - store.now) : 0;
  }

  say(text: string, bad = false) {
    this.message = { text, bad };
    clearTimeout(this.#messageTimer);
    this.#messageTimer = setTimeout(() => (this.message = undefined), bad ? 8000 : 5000);
  }

  async send(items: Item[], fields: ActFields, note?: string) {
    const label = t().actions[fields.outcome ?? fields.type];
    const acts = items.map((item) => ({ actId: crypto.randomUUID(), item: item.id, revision: item.revision, ...fields }));
    const ends = ENDING.has(fields.type);
    if (ends) {
      this.#setOver(items.map((item) => item.id), label);
    }
    const done: Done = {
      acts: new Map(acts.map((act) => [act.actId, act.item])),
      text: items.length === 1 ? t().done(label, shortName(items[0])) : t().doneN(label, items.length),
      until: Date.now() + (store.session?.undoSeconds ?? 10) * 1000,
    };
    this.#stack = [...this.#stack.filter((other) => other.until > Date.now()), done];
    this.last = done;
    store.now = Date.now();
    const device = ends && items.length === 1 ? items[0].deviceId : undefined;
    const before = device ? trustOf(device) : undefined;
    try {
      for (let i = 0; i < acts.length; i += LARGEST_REQUEST) {
        const { results } = await post<{ results: { actId: string; item: string; ok: boolean; code?: string }[] }>('/api/acts', {
          acts: acts.slice(i, i + LARGEST_REQUEST), ...(note && { note }),
        });
        const failed = results.filter((result) => !result.ok);
        if (failed.length > 0) {
          failed.forEach((result) => done.acts.delete(result.actId));
          this.#clearOver(failed.map((result) => result.item));
          this.say(failed[0].code === 'not-allowed-now' ? t().notNow : t().failed(failed[0].code ?? ''), true);
        }
      }
      if (done.acts.size === 0) {
        this.#drop(done);
      } else if (device && before) {
        setTimeout(() => void this.#showTrust(device, before), done.until - Date.now() + 3000);
      }
    } catch (e) {
      this.#clearOver(items.map((item) => item.id));
      this.#drop(done);
      this.say(t().failed(e instanceof ApiError ? (e.status === 403 ? t().notAllowed : e.code) : String(e)), true);
    }
  }

  /** Takes back the latest answer; returns the item to look at again. */
  async undo(): Promise<string | undefined> {
    const done = this.#stack.at(-1);
    if (!done || done.until < Date.now()) {
      this.say(t().nothingToUndo, true);
      return undefined;
    }
    try {
      await Promise.all([...done.acts.keys()].map((actId) => post(`/api/acts/${actId}/undo`)));
      this.#clearOver([...done.acts.values()]);
      this.#drop(done);
      this.say(t().undone(done.text));
      return [...done.acts.values()][0];
    } catch (e) {
      this.say(e instanceof ApiError && e.status === 409 ? t().nothingToUndo : t().failed(String(e)), true);
      return undefined;
    }
  }

  async #showTrust(device: string, before: Promise<number | undefined>) {
    const [from, to] = [await before, await trustOf(device)];
    if (from !== undefined && to !== undefined && from !== to) {
      this.say(t().trustChange(device, number(from, 2), number(to, 2)));
    }
  }

  #drop(done: Done) {
    this.#stack = this.#stack.filter((other) => other !== done);
    this.last = this.#stack.at(-1);
  }

  #setOver(ids: string[], label: string) {
    const over = new Map(this.over);
    ids.forEach((id) => over.set(id, { label, since: Date.now() }));
    this.over = over;
  }

  #clearOver(ids: string[]) {
    const over = new Map(this.over);
    ids.forEach((id) => over.delete(id));
    this.over = over;
  }

  /** An item that still waits half a minute after its answer was not settled by it, and comes back. */
  tidy() {
    const kept = [...this.over].filter(([, { since }]) => Date.now() - since < SETTLED_MS);
    if (kept.length !== this.over.size) {
      this.over = new Map(kept);
    }
  }
}

async function trustOf(device: string): Promise<number | undefined> {
  try {
    return (await get<DeviceDetail>(`/api/devices/${encodeURIComponent(device)}`)).trust?.correctShare;
  } catch {
    return undefined;
  }
}

export const answers = new Answers();
