// One connection to the server for all windows of a browser: reads the stream, keeps what it said, and hands it to each window.
import type { Counts, Dev, DroneTask, Item, Mute, Site, Videowall } from './api';

export interface Snapshot {
  items: Item[]; devices: Dev[]; mutes: Mute[]; sites: Site[]; walls: Videowall[]; tasks: DroneTask[]; counts?: Counts;
  /** False of a first page, which has the highest priorities. */
  whole: boolean;
}
export interface Batch {
  items?: Item[]; removed?: string[]; devices?: Dev[]; removedDevices?: string[]; mutes?: Mute[]; sites?: Site[]; counts?: Counts;
}
export type FromWorker =
  | { kind: 'snapshot'; data: Snapshot }
  | { kind: 'batch'; data: Batch }
  | { kind: 'wall'; data: Videowall }
  | { kind: 'task'; data: DroneTask }
  | { kind: 'waiting'; data: { queue: number; highest: number } }
  | { kind: 'beat'; at: number; brokerAgeMs: number }
  | { kind: 'state'; state: 'connecting' | 'live' | 'signed-out' };
export type ToWorker = 'hello' | 'restart' | 'bye';

const RETRY_MS = 500;
const SILENCE_MS = 7_000;
/** How long a server that starts is waited for before what it has is shown. */
const STARTING_MS = 30_000;
/** Everything is read again when this was not asked for in the last second: a storm has all to do with what is urgent. */
const CALM_MS = 1_000;
const MAX_STORM_MS = 15_000;

const ports = new Set<MessagePort>();
let items = new Map<string, Item>();
let devices = new Map<string, Dev>();
let walls = new Map<string, Videowall>();
let tasks = new Map<string, DroneTask>();
let mutes: Mute[] = [];
let sites: Site[] = [];
let counts: Counts | undefined;
let state: 'connecting' | 'live' | 'signed-out' = 'connecting';
let lastEventId = '';
let loaded = false;
let lastBeat: { kind: 'beat'; at: number; brokerAgeMs: number } = { kind: 'beat', at: Date.now(), brokerAgeMs: 0 };
let connection: AbortController | undefined;
let generation = 0;
let startedAt = Date.now();
/** What the stream removes while everything is read again; undefined at other times. */
let removedMeanwhile: Set<string> | undefined;
let reloadAgain = false;

const postAll = (message: FromWorker) => ports.forEach((port) => port.postMessage(message));

const snapshot = (): FromWorker => ({
  kind: 'snapshot',
  data: { items: [...items.values()], devices: [...devices.values()], mutes, sites, walls: [...walls.values()], tasks: [...tasks.values()], counts, whole: loaded },
});

function setState(next: typeof state) {
  state = next;
  postAll({ kind: 'state', state });
}

function heard(brokerAgeMs = lastBeat.brokerAgeMs) {
  lastBeat = { kind: 'beat', at: Date.now(), brokerAgeMs };
  postAll(lastBeat);
}

/** Undefined is what the role may not read. Any other failure is one to try again after: what is missing would look like nothing. */
async function fetchJson(path: string) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (response.status === 401) {
    throw new SignedOut();
  }
  if (response.status === 403) {
    return undefined;
  }
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.json();
}

class SignedOut extends Error {}
/** The server answers, but what is here is not what it goes on from. */
class Resync extends Error {}

/** Reads everything again; what the stream brings meanwhile has a higher number and wins. */
async function load(own: number) {
  const readItems = new Map<string, Item>();
  let after = '';
  let first: { cursor: string; seq: number } | undefined;
  do {
    const page = await fetchJson(`/api/items?limit=500${after && `&after=${encodeURIComponent(after)}`}`);
    if (!page) {
      break;
    }
    first ??= page;
    if (page.ready === false && Date.now() - startedAt < STARTING_MS) {
      throw new Error('the server still reads what was there before it started');
    }
    counts = page.counts;
    page.items.forEach((item: Item) => readItems.set(item.id, item));
    if (items.size === 0) {
      // The first page has the highest priorities: no one waits for the rest.
      items = new Map(readItems);
      postAll(snapshot());
    }
    after = page.next ?? '';
  } while (after);
  const [deviceAnswer, muteAnswer, siteAnswer, wallAnswer, taskAnswer] = await Promise.all(
    ['/api/devices', '/api/mutes', '/api/sites', '/api/videowall', '/api/drone-tasks'].map(fetchJson),
  );
  if (own !== generation) {
    return;
  }
  if (removedMeanwhile && first) {
    const from = first.seq;
    items.forEach((item, id) => item.seq > Math.max(from, readItems.get(id)?.seq ?? 0) && readItems.set(id, item));
    removedMeanwhile.forEach((id) => readItems.delete(id));
  }
  items = readItems;
  devices = new Map((deviceAnswer?.devices ?? []).map((device: Dev) => [device.deviceId, device]));
  walls = new Map((wallAnswer?.records ?? []).map((wall: Videowall) => [wall.site, wall]));
  tasks = new Map((taskAnswer?.records ?? []).map((task: DroneTask) => [task.taskId, task]));
  mutes = muteAnswer?.mutes ?? [];
  sites = siteAnswer?.sites ?? [];
  loaded = true;
  if (first && !removedMeanwhile) {
    lastEventId = first.cursor;
  }
}

/** Reads everything again while the stream goes on, so that what is urgent does not wait for it. */
async function reload() {
  reloadAgain = true;
  if (removedMeanwhile) {
    return;
  }
  removedMeanwhile = new Set();
  try {
    while (reloadAgain) {
      const latest = Date.now() + MAX_STORM_MS;
      do {
        reloadAgain = false;
        await new Promise((resolve) => setTimeout(resolve, CALM_MS));
      } while (reloadAgain && Date.now() < latest);
      reloadAgain = false;
      removedMeanwhile.clear();
      await load(generation);
      postAll(snapshot());
    }
  } catch {
    loaded = false;
    connection?.abort();
  } finally {
    removedMeanwhile = undefined;
  }
}

/** Tasks whose incident is over are not kept. */
function forgetTasks(ids: string[]) {
  const over = new Set(ids);
  tasks.forEach((task, taskId) => over.has(`incident:${task.incidentId}`) && tasks.delete(taskId));
}

function apply(batch: Batch) {
  // After a mute for oneself the same version of an item looks different, also to what is read meanwhile.
  const changed = (batch.items ?? []).filter((item) => (items.get(item.id)?.seq ?? -1) <= item.seq);
  reloadAgain ||= changed.some((item) => items.get(item.id)?.seq === item.seq);
  changed.forEach((item) => {
    removedMeanwhile?.delete(item.id);
    return item.list === 'DONE' ? items.delete(item.id) : items.set(item.id, item);
  });
  batch.removed?.forEach((id) => items.delete(id));
  const over = [...(batch.removed ?? []), ...changed.filter((item) => item.list === 'DONE').map((item) => item.id)];
  over.forEach((id) => removedMeanwhile?.add(id));
  if (tasks.size > 0 && over.length > 0) {
    forgetTasks(over);
  }
  batch.devices?.forEach((device) => devices.set(device.deviceId, device));
  batch.removedDevices?.forEach((id) => devices.delete(id));
  mutes = batch.mutes ?? mutes;
  sites = batch.sites ?? sites;
  counts = batch.counts ?? counts;
  postAll({ kind: 'batch', data: { ...batch, items: changed } });
}

async function onEvent(event: string, id: string, data: string) {
  heard();
  if (id) {
    lastEventId = id;
  }
  switch (event) {
    case 'batch':
      apply(JSON.parse(data));
      break;
    case 'heartbeat':
      heard(JSON.parse(data).brokerAgeMs ?? 0);
      break;
    case 'waiting':
      postAll({ kind: 'waiting', data: JSON.parse(data) });
      break;
    case 'videowall': {
      const wall = JSON.parse(data) as Videowall;
      walls.set(wall.site, wall);
      postAll({ kind: 'wall', data: wall });
      break;
    }
    case 'drone-task': {
      const task = JSON.parse(data) as DroneTask;
      tasks.set(task.taskId, task);
      postAll({ kind: 'task', data: task });
      break;
    }
    case 'resync':
      startedAt = Date.now();
      if (JSON.parse(data).reason === 'overflow') {
        void reload();
        break;
      }
      loaded = false;
      throw new Resync();
    case 'signed-out':
      throw new SignedOut();
  }
}

async function read(stream: ReadableStream<Uint8Array>) {
  const reader = stream.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  let [event, id, data] = ['', '', ''];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data || event) {
          await onEvent(event || 'message', id, data);
        }
        [event, id, data] = ['', '', ''];
      } else if (line.startsWith('event:')) {
        event = line.slice(6).trim();
      } else if (line.startsWith('id:')) {
        id = line.slice(3).trim();
      } else if (line.startsWith('data:')) {
        data += (data && '\n') + line.slice(5).trimStart();
      }
    }
  }
}

async function run(own: number) {
  while (own === generation && ports.size > 0) {
    connection = new AbortController();
    let isAtOnce = false;
    // A connection that stays silent, such as after a network change, is given up and made again.
    let opened = false;
    const watch = setInterval(() => opened && Date.now() - lastBeat.at > SILENCE_MS && connection?.abort(), 1000);
    try {
      const session = await fetchJson('/api/session');
      if (!session?.signedIn) {
        throw session ? new SignedOut() : new Error('away');
      }
      if (!loaded && !session.locked) {
        await load(own);
        postAll(snapshot());
      }
      const response = await fetch('/api/stream', {
        headers: { Accept: 'text/event-stream', ...(lastEventId && { 'Last-Event-ID': lastEventId }) },
        signal: connection.signal, cache: 'no-store',
      });
      if (response.status === 401) {
        throw new SignedOut();
      }
      if (response.ok && response.body) {
        opened = true;
        heard();
        setState('live');
        await read(response.body);
      }
    } catch (e) {
      if (own !== generation) {
        return;
      }
      if (e instanceof SignedOut) {
        forget();
        setState('signed-out');
        return;
      }
      isAtOnce = e instanceof Resync;
    } finally {
      clearInterval(watch);
      connection.abort();
    }
    if (own === generation) {
      setState('connecting');
      await new Promise((resolve) => setTimeout(resolve, isAtOnce ? 0 : RETRY_MS));
    }
  }
}

function forget() {
  items = new Map();
  devices = new Map();
  walls = new Map();
  tasks = new Map();
  mutes = [];
  loaded = false;
  lastEventId = '';
}

function restart() {
  generation++;
  startedAt = Date.now();
  connection?.abort();
  forget();
  setState('connecting');
  void run(generation);
}

(self as unknown as { onconnect: (e: MessageEvent) => void }).onconnect = (e) => {
  const port = e.ports[0];
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data === 'bye') {
      ports.delete(port);
    } else if (data === 'restart') {
      restart();
    } else {
      ports.add(port);
      if (loaded) {
        port.postMessage(snapshot());
        port.postMessage(lastBeat);
      }
      port.postMessage({ kind: 'state', state });
      if (ports.size === 1 || state === 'signed-out') {
        generation++;
        connection?.abort();
        void run(generation);
      }
    }
  };
};
