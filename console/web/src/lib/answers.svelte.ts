import { ApiError, post, reasonOf, type Item } from './api';
import { number, t } from './i18n.svelte';
import { shortName } from './items';
import { store } from './store.svelte';

export interface ActFields {
  type: string; outcome?: string; note?: string; text?: string; other?: string; eventIds?: string[];
  dispositionCommonRegistryCode?: string; reason?: string; taskId?: string;
}

interface Done { acts: Map<string, string>; text: string; until: number }

interface Trust { deviceId: string; before: number; after: number }

interface Result { actId: string; item: string; ok: boolean; code?: string; undoUntil?: number; trust?: Trust }

interface Over { label: string; undoUntil: number; seen: boolean }

/** Acts after which an item needs nothing more from this list. */
const ENDING = new Set(['DISPOSE', 'CLOSE', 'REJECT']);
const LARGEST_REQUEST = 200;
/** How long after an act has left the item may still look as before. */
const SETTLED_MS = 30_000;

const undoMs = () => (store.session?.undoSeconds ?? 10) * 1000;

function effectOf(trust?: Trust): string {
  if (!trust) {
    return t().trustNone;
  }
  const [before, after] = [trust.before, trust.after].map((value) => number(value, 3));
  return before === after ? t().trustSame(trust.deviceId, after) : t().trustChange(trust.deviceId, before, after);
}

/** The answers of this window: sent at once, and taken back within the time that the server grants. */
class Answers {
  /** What was answered here, by item. */
  over = $state.raw<ReadonlyMap<string, Over>>(new Map());
  last = $state.raw<Done | undefined>();
  message = $state<{ text: string; bad: boolean } | undefined>();
  /** What the latest answer changed in the trust in a device; it stays beside what was answered since. */
  effect = $state('');
  #stack: Done[] = [];
  #messageTimer: ReturnType<typeof setTimeout> | undefined;
  #effectUntil = 0;
  #effectTimer: ReturnType<typeof setTimeout> | undefined;

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
    const until = Date.now() + undoMs();
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
    try {
      for (let i = 0; i < acts.length; i += LARGEST_REQUEST) {
        const { results } = await post<{ results: Result[] }>('/api/acts', {
          acts: acts.slice(i, i + LARGEST_REQUEST), ...(note && { note }),
        });
        const failed = results.filter((result) => !result.ok);
        if (failed.length > 0) {
          failed.forEach((result) => done.acts.delete(result.actId));
          this.#clearOver(failed.map((result) => result.item));
          this.say(t().errors[failed[0].code ?? ''] ?? failed[0].code ?? '', true);
        }
        if (fields.outcome && items.length === 1 && failed.length === 0) {
          this.#show(effectOf(results[0].trust), until);
        }
        const gone = results.filter((result) => result.ok && !result.undoUntil);
        if (gone.length > 0) {
          gone.forEach((result) => done.acts.delete(result.actId));
          this.say(`✓ ${done.text}`);
        }
      }
      if (done.acts.size === 0) {
        this.#drop(done);
      }
    } catch (e) {
      this.#clearOver(items.map((item) => item.id));
      this.#drop(done);
      this.say(reasonOf(e), true);
    }
  }

  /** Takes back the latest answer; returns the item to look at again, before the server has answered. */
  undo(): string | undefined {
    const done = this.last;
    if (!done || done.until < Date.now()) {
      this.say(t().nothingToUndo, true);
      return undefined;
    }
    void this.#takeBack(done);
    return [...done.acts.values()][0];
  }

  async #takeBack(done: Done) {
    try {
      await Promise.all([...done.acts.keys()].map((actId) => post(`/api/acts/${actId}/undo`)));
      this.#clearOver([...done.acts.values()]);
      this.#drop(done);
      this.effect = '';
      this.say(t().undone(done.text));
    } catch (e) {
      this.say(e instanceof ApiError && e.status === 409 ? t().nothingToUndo : reasonOf(e), true);
    }
  }

  /** Answers to two requests may come in another order than they were sent. */
  #show(effect: string, until: number) {
    if (until < this.#effectUntil) {
      return;
    }
    this.#effectUntil = until;
    this.effect = effect;
    clearTimeout(this.#effectTimer);
    this.#effectTimer = setTimeout(() => (this.effect = ''), undoMs());
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

export const answers = new Answers();
