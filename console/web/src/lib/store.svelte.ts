import type { Counts, Dev, DroneTask, Item, Mute, Session, Site, Videowall } from './api';
import { get } from './api';
import { listOf } from './items';
import type { FromWorker, ToWorker } from './stream.worker';

const GONE_KEPT = 2000;
const HIDDEN_DRAW_MS = 250;
/** Two heartbeats, and half a second of grace; after this time without an answer of the broker the server says so at once. */
const STALE_MS = 4500;

/**
 * What the stream has said, as this window knows it. The maps are not reactive: who reads them reads `version` first, which
 * changes once a frame, however much has come since the one before.
 */
class Store {
  version = $state(0);
  deviceVersion = $state(0);
  mutes = $state.raw<Mute[]>([]);
  sites = $state.raw<Site[]>([]);
  counts = $state.raw<Counts | undefined>();
  walls = $state.raw<Record<string, Videowall>>({});
  tasks = $state.raw<DroneTask[]>([]);
  /** The highest priority of what came to interrupt, in the latest batch with such. */
  interrupt = $state.raw<{ priority: number } | undefined>();
  lockedWaiting = $state.raw<{ queue: number; highest: number } | undefined>();
  session = $state.raw<Session | undefined>();
  connection = $state<'connecting' | 'live' | 'signed-out'>('connecting');
  loaded = $state(false);
  /** Whether all has been read, not only what has the highest priority. */
  whole = $state(false);
  now = $state(Date.now());
  items = new Map<string, Item>();
  /** The latest items that are over: rows in a list at rest still show them. */
  #gone = new Map<string, Item>();
  devices = new Map<string, Dev>();
  changedDevices: Dev[] | undefined;
  #lastBeat = Date.now();
  #brokerAgeMs = $state(0);
  #brokenSince = 0;
  #worker: SharedWorker | undefined;
  #latestCounts: Counts | undefined;
  #waitsForFrame = false;

  constructor() {
    setInterval(() => (this.now = Date.now()), 500);
    addEventListener('visibilitychange', () => this.#draw());
  }

  /** In the next frame; a window that is hidden has none. */
  #drawSoon() {
    if (!this.#waitsForFrame) {
      this.#waitsForFrame = true;
      if (document.hidden) {
        setTimeout(() => this.#draw(), HIDDEN_DRAW_MS);
      } else {
        requestAnimationFrame(() => this.#draw());
      }
    }
  }

  #draw() {
    this.#waitsForFrame = false;
    this.counts = this.#latestCounts;
    this.version++;
  }

  /** Whether the server lives, but learns nothing new. */
  get isBrokerSilent(): boolean {
    return this.#brokerAgeMs >= STALE_MS;
  }

  /** How old the data are, in milliseconds; 0 as long as they are fresh. */
  get staleMs(): number {
    const age = this.now - this.#lastBeat;
    if (this.isBrokerSilent) {
      return this.#brokerAgeMs + age;
    }
    const broken = this.connection !== 'live' && this.#brokenSince > 0 && this.now - this.#brokenSince > 1500;
    return age > STALE_MS || broken ? Math.max(age, 1000) : 0;
  }

  item(id: string): Item | undefined {
    return this.items.get(id) ?? this.#gone.get(id);
  }

  #interrupts(id: string) {
    const item = this.items.get(id);
    return item !== undefined && listOf(item) === 'QUEUE';
  }

  #end(item: Item) {
    this.items.delete(item.id);
    this.#gone.delete(item.id);
    this.#gone.set(item.id, item);
    if (this.#gone.size > GONE_KEPT) {
      this.#gone.delete(this.#gone.keys().next().value!);
    }
  }

  has(...roles: string[]): boolean {
    return roles.some((role) => this.session?.user?.roles.includes(role));
  }

  async readSession() {
    const session = await get<Session>('/api/session');
    if (!this.session?.signedIn) {
      // The time before a sign-in is no silence of the server.
      this.#lastBeat = Date.now();
      this.#brokenSince = 0;
    }
    this.session = session;
    return session;
  }

  /** Another window has locked the session, or unlocked it. */
  async #readLock(isLocked: boolean) {
    if (this.session?.signedIn && Boolean(this.session.locked) !== isLocked) {
      await this.readSession().catch(() => undefined);
    }
  }

  connect() {
    this.#worker = new SharedWorker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'stream' });
    this.#worker.port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    this.#send('hello');
    addEventListener('pagehide', () => this.#send('bye'));
    addEventListener('pageshow', (e) => e.persisted && this.#send('hello'));
  }

  /** After a sign-in or sign-out all windows read everything again. */
  restart() {
    this.items.clear();
    this.devices.clear();
    this.loaded = false;
    this.whole = false;
    this.version++;
    if (this.#worker) {
      this.#send('restart');
    } else {
      this.connect();
    }
  }

  #send(message: ToWorker) {
    this.#worker?.port.postMessage(message);
  }

  #take(message: FromWorker) {
    switch (message.kind) {
      case 'snapshot':
        this.items = new Map(message.data.items.map((item) => [item.id, item]));
        this.devices = new Map(message.data.devices.map((device) => [device.deviceId, device]));
        this.mutes = message.data.mutes;
        this.sites = message.data.sites;
        this.#latestCounts = message.data.counts;
        this.walls = Object.fromEntries(message.data.walls.map((wall) => [wall.site, wall]));
        this.tasks = message.data.tasks;
        this.changedDevices = undefined;
        this.loaded = true;
        this.whole = message.data.whole;
        void this.#readLock(false);
        this.#draw();
        this.deviceVersion++;
        break;
      case 'batch': {
        const { items, removed, devices, removedDevices, mutes, sites, counts } = message.data;
        const interrupting = items?.filter((item) => listOf(item) === 'QUEUE' && !this.#interrupts(item.id)).map((item) => item.priority);
        items?.forEach((item) => (item.list === 'DONE' ? this.#end(item) : this.items.set(item.id, item)));
        removed?.forEach((id) => this.items.has(id) && this.#end(this.items.get(id)!));
        devices?.forEach((device) => this.devices.set(device.deviceId, device));
        removedDevices?.forEach((id) => this.devices.delete(id));
        this.mutes = mutes ?? this.mutes;
        this.sites = sites ?? this.sites;
        this.#latestCounts = counts ?? this.#latestCounts;
        if (items?.length || removed?.length || counts) {
          this.#drawSoon();
        }
        if (interrupting?.length) {
          this.interrupt = { priority: Math.max(...interrupting) };
        }
        if (devices?.length || removedDevices?.length) {
          this.changedDevices = removedDevices?.length ? undefined : devices;
          this.deviceVersion++;
        }
        break;
      }
      case 'wall':
        this.walls = { ...this.walls, [message.data.site]: message.data };
        break;
      case 'task':
        this.tasks = [...this.tasks.filter((task) => task.taskId !== message.data.taskId), message.data].slice(-500);
        break;
      case 'waiting':
        this.lockedWaiting = message.data;
        void this.#readLock(true);
        break;
      case 'beat':
        this.#lastBeat = message.at;
        this.#brokerAgeMs = message.brokerAgeMs;
        break;
      case 'state':
        if (message.state !== 'live') {
          this.#brokenSince ||= Date.now();
        } else {
          this.#brokenSince = 0;
        }
        this.connection = message.state;
        break;
    }
  }
}

export const store = new Store();
