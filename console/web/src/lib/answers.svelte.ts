import { ApiError, get, post, type DeviceDetail, type Item, type Trust } from './api';
import { number, t } from './i18n.svelte';
import { shortName } from './items';
import { store } from './store.svelte';

export interface ActFields {
  type: string; outcome?: string; note?: string; text?: string; other?: string; eventIds?: string[];
  dispositionCommonRegistryCode?: string; reason?: string; taskId?: string;
}

interface Done { acts: Map<string, string>; text: string; until: number }

interface Over { label: string; undoUntil: number; seen: boolean }

/** Acts after which an item needs nothing more from this list. */
const ENDING = new Set(['DISPOSE', 'CLOSE', 'REJECT']);
const LARGEST_REQUEST = 200;
/** How long after an act has left the item may still look as before. */
const SETTLED_MS = 30_000;
/** The server sends what was held within this time after its end. */
const LEFT_MS = 2_000;

/** The answers of this window: sent at once, and taken back within the time that the server grants. */
class Answers {
  /** What was answered here, by item. */
  over = $state.raw<ReadonlyMap<string, Over>>(new Map());
  last = $state.raw<Done | undefined>();
  message = $state<{ text: string; bad: boolean } | undefined>();
  #stack: Done[] = [];
  #messageTimer: ReturnType<typeof setTimeout> | undefined;

  isOver = (id: string) => this.over.has(id) || !store.items.has(id) || store.items.get(id)!.list === 'DONE';

  get undoLeftMs() {
    return this.last ? Math.max(0, this.last.until - store.now) : 0;
  }

  say(text: string, bad = false, forMs = bad ? 8000 : 5000) {
    this.message = { text, bad };
    clearTimeout(this.#messageTimer);
    this.#messageTimer = setTimeout(() => (this.message = undefined), forMs);
  }

  async send(items: Item[], fields: ActFields, note?: string) {
    const label = t().actions[fields.outcome ?? fields.type];
    const acts = items.map((item) => ({ actId: crypto.randomUUID(), item: item.id, revision: item.revision, ...fields }));
    const ends = ENDING.has(fields.type);
    const until = Date.now() + (store.session?.undoSeconds ?? 10) * 1000;
    if (ends) {
      this.#setOver(items.map((item) => item.id), { label, undoUntil: until, seen: false });
    }
    const done: Done = {
      acts: new Map(acts.map((act) => [act.actId, act.item])),
      text: items.length === 1 ? t().done(label, shortName(items[0])) : t().doneN(label, items.length),
      until,
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
        setTimeout(() => done.acts.size > 0 && void this.#showTrust(device, before), until - Date.now() + LEFT_MS);
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
      const undone = [...done.acts.values()];
      done.acts.clear();
      this.#clearOver(undone);
      this.#drop(done);
      this.say(t().undone(done.text));
      return undone[0];
    } catch (e) {
      this.say(e instanceof ApiError && e.status === 409 ? t().nothingToUndo : t().failed(String(e)), true);
      return undefined;
    }
  }

  /** What the answer has done to the trust in the device. */
  async #showTrust(device: string, before: Promise<Trust | undefined>) {
    const [from, to] = [await before, await trustOf(device)];
    if (to?.correctShare != null && JSON.stringify(from) !== JSON.stringify(to)) {
      this.say(t().trustChange(device, from?.correctShare == null ? '–' : number(from.correctShare, 2), number(to.correctShare, 2)), false, 20_000);
    }
  }

  #drop(done: Done) {
    this.#stack = this.#stack.filter((other) => other !== done);
    this.last = this.#stack.at(-1);
  }

  #setOver(ids: string[], entry: Over) {
    const over = new Map(this.over);
    ids.forEach((id) => over.set(id, { ...entry }));
    this.over = over;
  }

  #clearOver(ids: string[]) {
    const over = new Map(this.over);
    ids.forEach((id) => over.delete(id));
    this.over = over;
  }

  /**
   * Lets the server's word hold again: when it has settled the item, when the act was undone elsewhere, and when it has said
   * nothing for half a minute after the act left. Until then the item stays over here, whatever happens to it meanwhile.
   */
  tidy() {
    const kept = [...this.over].filter(([id, entry]) => {
      const item = store.item(id);
      const ended = !item || item.list === 'DONE';
      entry.seen ||= ended;
      const settled = ended && !item?.pending;
      const undone = entry.seen && !ended && Date.now() < entry.undoUntil;
      return !settled && !undone && Date.now() < entry.undoUntil + SETTLED_MS;
    });
    if (kept.length !== this.over.size) {
      this.over = new Map(kept);
    }
  }
}

async function trustOf(device: string): Promise<Trust | undefined> {
  try {
    return (await get<DeviceDetail>(`/api/devices/${encodeURIComponent(device)}`)).trust;
  } catch {
    return undefined;
  }
}

export const answers = new Answers();
