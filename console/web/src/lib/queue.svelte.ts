import { filterOf, listOf, type Filter } from './items';
import { store } from './store.svelte';

export const ROW_HEIGHT = 50;

/**
 * One list of the queue. While a hand is on it (a row is chosen, or the pointer is over it) its order is frozen: what comes
 * is counted, what goes stays in its place, and nothing moves. Without a hand it follows the stream.
 */
export class List {
  shown = $state.raw<string[]>([]);
  fresh = $state.raw<string[]>([]);
  active = $state<string>();
  hovered = $state(false);
  marked = $state.raw<ReadonlySet<string>>(new Set());
  #wanted: string[] = [];

  constructor(readonly name: 'QUEUE' | 'REVIEW') {}

  get hand() {
    return this.active !== undefined || this.hovered || this.marked.size > 0;
  }

  get index() {
    return this.active === undefined ? -1 : this.shown.indexOf(this.active);
  }

  update(filter: Filter, isAnswered: (id: string) => boolean) {
    const fits = filterOf(filter);
    const wanted = [...store.items.values()]
      .filter((item) => listOf(item) === this.name && !isAnswered(item.id) && fits(item))
      .sort((a, b) => b.priority - a.priority || b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1))
      .map((item) => item.id);
    this.#wanted = wanted;
    if (!this.hand) {
      this.shown = wanted;
      this.fresh = [];
      return;
    }
    const here = new Set(this.shown);
    this.fresh = wanted.filter((id) => !here.has(id));
  }

  /** Takes in what is new and lets go of what is over. */
  refresh() {
    const first = this.fresh[0];
    this.shown = this.#wanted;
    this.fresh = [];
    this.marked = new Set([...this.marked].filter((id) => this.shown.includes(id)));
    this.active = first ?? (this.active && this.shown.includes(this.active) ? this.active : this.shown[0]);
  }

  /** After a changed filter: the list as it is now, with the same row chosen where it is still in it. */
  refreshQuietly() {
    this.shown = this.#wanted;
    this.fresh = [];
    if (this.active && !this.shown.includes(this.active)) {
      this.active = undefined;
    }
  }

  release() {
    this.active = undefined;
    this.marked = new Set();
    this.hovered = false;
  }

  move(step: number) {
    if (this.shown.length > 0) {
      const at = this.index < 0 ? (step > 0 ? -1 : this.shown.length) : this.index;
      this.active = this.shown[Math.min(this.shown.length - 1, Math.max(0, at + step))];
    }
  }

  /** Chooses the next row that still waits for an answer: below, otherwise above. */
  advance(isOver: (id: string) => boolean) {
    const from = this.index;
    const next = this.shown.find((id, i) => i > from && !isOver(id)) ?? this.shown.findLast((id, i) => i < from && !isOver(id));
    this.active = next ?? this.active;
  }

  mark(id: string) {
    const marked = new Set(this.marked);
    if (!marked.delete(id)) {
      marked.add(id);
    }
    this.marked = marked;
  }
}
