// A small server with the interface of console/server and invented records, so that the screen can be tested without a broker.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

type Json = Record<string, any>;

const DIST = new URL('../dist/', import.meta.url).pathname;
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.json': 'application/json' };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TOWNS: [string, string, number, number][] = [
  ['Toluca', 'TOLUCA', 19.2879, -99.6533], ['Lerma', 'TOLUCA', 19.2853, -99.5112], ['Metepec', 'TOLUCA', 19.252, -99.601], ['Naucalpan de Juárez', 'ECATEPEC', 19.445, -99.266],
  ['Ecatepec de Morelos', 'ECATEPEC', 19.601, -99.05], ['Texcoco', 'ECATEPEC', 19.513, -98.883], ['Chalco', 'ECATEPEC', 19.264, -98.898], ['Nezahualcóyotl', 'ECATEPEC', 19.415, -98.99], ['Tecámac', 'ECATEPEC', 19.713, -98.969],
];
const KINDS: Json[] = [
  { type: 'stolen-vehicle', reason: 'STOLEN_VEHICLE', priority: 78, es: 'Vehículo con reporte de robo', en: 'Stolen vehicle' },
  { type: 'wanted-person', reason: 'WANTED_PERSON', priority: 85, es: 'Persona buscada', en: 'Wanted person' },
  { type: 'plate-misuse', alert: 'cloned-plate', priority: 50, es: 'La misma placa en dos vehículos', en: 'The same plate on two vehicles' },
  { type: 'crowd', alert: 'crowd', kind: 'PLACE', priority: 45, es: 'Multitud de 34 personas', en: 'Crowd of 34 people' },
  { type: 'stopped-vehicle', alert: 'stopped-vehicle', kind: 'PLACE', priority: 38, es: 'Vehículo detenido desde hace 2 min', en: 'Vehicle stopped for 2 min' },
  { type: 'listed-vehicle', reason: 'INTEREST', priority: 55, es: 'Vehículo de interés', en: 'Vehicle of interest' },
];
export const KIDNAPPING: Json = { type: 'kidnapping', reason: 'KIDNAPPING', priority: 97, es: 'Secuestro: vehículo de la víctima', en: "Kidnapping: the victim's vehicle" };

let random = 7;
const next = (below: number) => (random = (random * 1103515245 + 12345) % 2147483648) % below;

/** People of a crowd, or a vehicle that stands and one that stood behind it. */
const boxesOf = (type: string, time: number) =>
  type === 'crowd'
    ? Array.from({ length: 16 }, (_, i) => ({ trackId: `${i + 1}`, objectClass: 'PERSON', box: { x: 0.42 + 0.06 * (i % 4) + 0.01 * (Math.floor(i / 4) % 2), y: 0.35 + 0.065 * Math.floor(i / 4), width: 0.03, height: 0.1 }, time }))
    : [{ trackId: '7', objectClass: 'VEHICLE', box: { x: 0.42, y: 0.35, width: 0.22, height: 0.3 }, time }, { objectClass: 'VEHICLE', box: { x: 0.7, y: 0.3, width: 0.18, height: 0.22 }, time: time - 30_000 }];

export class Mock {
  items = new Map<string, Json>();
  devices: Json[] = [];
  mutes: Json[] = [];
  acts = new Map<string, Json>();
  views: Json[] = [{ viewId: 'v1', name: 'Graves', query: 'minPriority=70', shared: true, owner: 'jefa' }];
  seq = 0;
  epoch = 'm1';
  heartbeat = true;
  brokerAgeMs = 100;
  requests: string[] = [];
  roles = ['DISPATCHER', 'SUPERVISOR', 'OPERATOR', 'ANALYST', 'AUDITOR'];
  signedIn = true;
  site = 'TOLUCA';
  locked = false;
  keptBatches = 2000;
  undoMs = 10_000;
  itemsDelayMs = 0;
  /** The page of the list that fails next, by the number of its first item. */
  failingPage: number | undefined;
  tasks: Json[] = [];
  passkeys: Json[] = [];
  layers: Json[] = [];
  #server: Server | undefined;
  #clients = new Set<ServerResponse>();
  #log: { seq: number; text: string }[] = [];
  #timers: NodeJS.Timeout[] = [];
  port = 0;

  constructor(deviceCount = 400) {
    for (let i = 0; i < deviceCount; i++) {
      const [municipality, site, latitude, longitude] = TOWNS[i % TOWNS.length];
      const kind = ['ARCH', 'CAMERA', 'ARCH', 'BUTTON', 'CAMERA', 'SPEAKER', 'CAMERA', 'DRONE'][i % 8];
      this.devices.push({
        deviceId: `${{ ARCH: 'ARCO', CAMERA: 'CAM', BUTTON: 'BTN', SPEAKER: 'ALT', DRONE: 'DRON' }[kind]}-${i + 1}`, kind, site, municipality,
        latitude: latitude + (next(1000) - 500) / 8000, longitude: longitude + (next(1000) - 500) / 8000, health: i % 37 === 5 ? 'SILENT' : i % 91 === 7 ? 'FAULT' : 'OK',
      });
    }
  }

  make(kind: Json, list: 'QUEUE' | 'REVIEW' = 'QUEUE', ageMs = 0): Json {
    const n = ++this.seq;
    const camera = kind.kind === 'PLACE';
    const devices = this.devices.filter((each) => each.kind === (camera ? 'CAMERA' : 'ARCH'));
    const device = devices[next(devices.length)];
    const time = Date.now() - ageMs;
    const plate = camera ? undefined : `N${'ABCDEFGHJK'[next(10)]}${'KLMNPRSTUV'[next(10)]}-${10 + next(89)}-${10 + next(89)}`;
    const bare = plate?.replace(/-/g, '');
    const read = bare && n % 3 === 0 ? bare.slice(0, 4) + 'B' + bare.slice(5) : bare;
    const near = this.devices.filter((each) => each.kind === 'ARCH').slice(next(20), 40);
    const entry = kind.reason && { entryId: `MX-${n}`, plate, reason: kind.reason, caseNumber: `TOL/FRV/${100 + n}/2026`, agency: 'FGJEM', source: kind.reason === 'INTEREST' ? 'inteligencia' : 'repuve', vehicle: { make: 'NISSAN', model: 'VERSA', color: 'GRAY', type: 'SEDAN' } };
    const evidence: Json = camera
      ? { zoneId: 'z1', region: { x: 0.42, y: 0.35, width: 0.22, height: 0.3 }, objects: kind.type === 'crowd' ? 34 : 2, boxes: boxesOf(kind.type, time), measures: kind.type === 'crowd' ? [{ name: 'people', value: 34, limit: 20 }, { name: 'staying', value: 95, limit: 60, unit: 's' }] : [{ name: 'standing', value: 122.5, limit: 40, unit: 's' }, { name: 'timesUsualSpeed', value: 0.4 }] }
      : kind.alert === 'cloned-plate'
        ? { pairs: [{ first: { readId: 'a', device: near[0].deviceId, time: time - 240000, plate: bare, vehicle: { make: 'NISSAN', color: 'GRAY' } }, second: { readId: 'b', device: device.deviceId, time, plate: bare, vehicle: { make: 'FORD', color: 'RED' } }, distanceKm: 41.2, seconds: 240, neededKmh: 612 }], parts: [{ name: 'travel', logOdds: 7.5, es: '41 km en 4 min', en: '41 km in 4 min' }] }
        : {
          reads: [`r${n}`], images: [`r${n}.png`], read: { readId: `r${n}`, plate: read, confidence: 0.94, lane: 2, direction: 'NE', speedKmh: 71.4, vehicle: { make: 'NISSAN', color: 'GRAY', type: 'SEDAN' } },
          comparison: { kind: read === bare ? 'EXACT' : 'CONFUSABLE', read, listed: bare, differs: [...(read ?? '')].map((c, i) => (c === bare![i] ? ' ' : '^')).join('') },
          tag: { readId: 't', tagId: 'E280116060000204A7B3C9D1', registeredPlate: plate, registeredVehicle: { make: 'NISSAN', model: 'VERSA' } },
          parts: [{ name: 'characters', logOdds: 4.2, es: read === bare ? '7 caracteres iguales' : 'B por 8: se confunden', en: read === bare ? '7 equal characters' : 'B for 8: look-alikes' }, { name: 'tag', logOdds: 5.1, es: 'El tag es de la placa buscada', en: 'The tag is of the listed plate' }, { name: 'appearance', logOdds: 1.1, es: 'Marca y color coinciden', en: 'Make and colour agree' }, { name: 'device', logOdds: -0.7, es: 'Este arco se equivoca a menudo', en: 'This arch is often wrong' }],
          track: near.slice(0, 3).map((each, i) => ({ readId: `x${i}`, device: each.deviceId, time: time - (3 - i) * 360000, plate: bare, latitude: each.latitude, longitude: each.longitude })), count: 1,
        };
    const id = `incident:${String(n).padStart(6, '0')}`;
    return {
      id, seq: n, revision: time, list, kind: kind.kind ?? 'VEHICLE', type: kind.type, status: 'OPEN', priority: kind.priority, score: list === 'QUEUE' ? 0.982 : 0.64,
      site: device.site, municipality: device.municipality, deviceId: device.deviceId, place: { latitude: device.latitude, longitude: device.longitude, radiusMetres: 20 },
      plate, reason: kind.reason, source: entry?.source, entryId: entry?.entryId, headline: { es: kind.es, en: kind.en }, openedAt: time, updatedAt: time, receivedAt: time,
      deadlines: list === 'QUEUE' ? { acknowledgeBy: time + 90000 } : undefined, assignment: { site: device.site, position: `${device.site}-03`, epoch: 1, state: 'DELIVERED' },
      eventCount: n % 4 === 0 ? 14 : 1, alertIds: [`al${n}`], mutedBy: [],
      alert: { alertId: `al${n}`, revision: time, status: 'NEW', type: kind.alert ?? 'hotlist-match', time, detectedAt: time, action: list === 'QUEUE' ? 'ALERT' : 'REVIEW', startedAt: time, site: device.site, device: { id: device.deviceId }, subject: { plate }, score: 0.98, priority: kind.priority, evidence, entry },
    };
  }

  fill(queue: number, review: number) {
    for (let i = 0; i < queue + review; i++) {
      const item = this.make(KINDS[i % KINDS.length], i < queue ? 'QUEUE' : 'REVIEW', (i + 1) * 47_000);
      this.items.set(item.id, item);
    }
    return this;
  }

  /** Three incidents that interrupted no one. */
  makeDigest(): Json {
    const { kind, plate, deviceId, municipality, place, alert, deadlines, eventCount, ...rest } = this.make({ type: 'stolen-vehicle', priority: 70, es: '3 incidentes', en: '3 incidents' }, 'REVIEW');
    return { ...rest, kind: 'DIGEST', eventCount: 0, listed: { count: 3, types: { 'stolen-vehicle': 3 }, places: { Toluca: 2, Lerma: 1 } } };
  }

  makeEnded(kind: Json): Json {
    const item = this.make({ ...kind, es: `TERMINADA: ${kind.es}`, en: `ENDED: ${kind.en}` });
    return { ...item, alert: { ...item.alert, status: 'ENDED' } };
  }

  /** New items arrive, as from the jobs. */
  emit(items: Json[]) {
    items.forEach((item) => this.items.set(item.id, item));
    this.batch({ items, counts: this.counts() });
  }

  emitNew(count: number, kind?: Json) {
    const items = Array.from({ length: count }, (_, i) => this.make(kind ?? KINDS[(i + this.seq) % KINDS.length]));
    this.emit(items);
    return items;
  }

  batch(data: Json) {
    const seq = ++this.seq;
    const text = `id: ${this.epoch}-${seq}\nevent: batch\ndata: ${JSON.stringify({ ...data, sentAt: Date.now() })}\n\n`;
    this.#log.push({ seq, text });
    this.#log.splice(0, this.#log.length - this.keptBatches);
    this.#clients.forEach((client) => client.write(text));
  }

  /** More has changed than a browser is sent: it must load what these are. */
  overflow(lost: Json[]) {
    lost.forEach((item) => this.items.set(item.id, item));
    this.#clients.forEach((client) => client.write(`id: ${this.epoch}-${this.seq}\nevent: resync\ndata: {"reason":"overflow"}\n\n`));
  }

  change(id: string, fields: Json) {
    const item = { ...this.items.get(id)!, ...fields, seq: ++this.seq };
    this.items.set(id, item);
    this.batch({ items: [item], counts: this.counts() });
  }

  /** What was held leaves; dispatch confirms it after another event has joined the incident. */
  #leave(actId: string) {
    const act = this.acts.get(actId)!;
    if (act.state !== 'HELD') {
      return;
    }
    act.state = 'SENT';
    if (act.type === 'DISPOSE' || act.type === 'CLOSE') {
      this.change(act.item, { list: act.before, pending: undefined, eventCount: 2 });
      setTimeout(() => this.change(act.item, { list: 'DONE', status: 'CLOSED' }), 600);
    }
  }

  counts() {
    const all = [...this.items.values()];
    return { queue: all.filter((each) => each.list === 'QUEUE').length, review: all.filter((each) => each.list === 'REVIEW').length, done: 0, muted: all.filter((each) => each.mutedBy.length > 0).length, unsubscribed: all.filter((each) => each.subscribed === false).length, highest: Math.max(0, ...all.map((each) => each.priority)) };
  }

  async start(port = 0) {
    this.#server = createServer((request, response) => void this.#serve(request, response).catch((e) => { response.statusCode = 500; response.end(String(e)); }));
    await new Promise<void>((resolve) => this.#server!.listen(port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as { port: number }).port;
    this.#timers.push(setInterval(() => this.heartbeat && this.#clients.forEach((client) => client.write(`event: heartbeat\ndata: {"serverTime":${Date.now()},"brokerAgeMs":${this.brokerAgeMs}}\n\n`)), 2000));
    return `http://localhost:${this.port}`;
  }

  /** As when another window of the session locks it. */
  lock() {
    this.locked = true;
    this.#clients.forEach((client) => client.write('event: waiting\ndata: {"queue":3,"highest":90}\n\n'));
  }

  /** As a killed process: every connection breaks. */
  async stop() {
    this.#timers.forEach(clearInterval);
    this.#clients.clear();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, 'http://localhost');
    const path = decodeURIComponent(url.pathname);
    response.setHeader('Content-Security-Policy', CSP);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (!path.startsWith('/api/')) {
      const file = extname(path) ? normalize(path) : '/index.html';
      try {
        const content = await readFile(join(DIST, file));
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.end(content);
      } catch {
        response.statusCode = 404;
        response.end();
      }
      return;
    }
    this.requests.push(`${request.method} ${path}`);
    const body = await new Promise<Json>((resolve) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text ? JSON.parse(text) : {}));
    });
    const send = (data: unknown, status = 200) => {
      response.statusCode = status;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(data));
    };
    if (path === '/api/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(`retry: 1000\nevent: hello\ndata: {"resumed":false}\n\n`);
      const [epoch, seq] = String(request.headers['last-event-id'] ?? '').split('-');
      if (epoch && epoch !== this.epoch) {
        response.write(`id: ${this.epoch}-${this.seq}\nevent: resync\ndata: {"reason":"restart"}\n\n`);
      } else {
        this.#log.filter((each) => each.seq > Number(seq || 0)).forEach((each) => response.write(each.text));
      }
      this.#clients.add(response);
      response.on('close', () => this.#clients.delete(response));
      return;
    }
    const [, , name, id, verb] = path.split('/');
    const key = `${request.method} ${name}`;
    if (path === '/api/session' && request.method === 'GET') {
      response.setHeader('Set-Cookie', '__Host-XSRF-TOKEN=mock; Path=/; Secure');
      return send(this.signedIn ? { signedIn: true, locked: this.locked, user: { name: 'ana', displayName: 'Ana Ríos', roles: this.roles, groups: [], sites: [] }, site: this.site || undefined, position: 'TOLUCA-03', idleLockSeconds: 900, undoSeconds: this.undoMs / 1000, serverTime: Date.now() } : { signedIn: false, oidc: false, serverTime: Date.now() });
    }
    if (request.method !== 'GET' && request.headers['x-xsrf-token'] !== 'mock') {
      return send({ code: 'csrf' }, 403);
    }
    if (key === 'PUT session') {
      this.site = body.site;
      return send({});
    }
    if (key === 'POST session' && id !== 'passkeys') {
      return send(undefined, 204);
    }
    if (key === 'POST login' && !id) {
      if (body.password === 'correcta-larga' && this.passkeys.length) {
        return send({ signedIn: false, passkey: { rpId: 'localhost', challenge: 'Y2hhbGxlbmdlLTI', allowCredentials: this.passkeys.map(({ id: credential }) => ({ type: 'public-key', id: credential })) }, serverTime: Date.now() });
      }
      this.signedIn = body.password === 'correcta-larga';
      return this.signedIn ? send({ signedIn: true, serverTime: Date.now() }) : send({ code: 'bad-credentials' }, 401);
    }
    if (key === 'POST wall-login') {
      [this.signedIn, this.roles] = [body.key === 'KEY', ['WALL']];
      return this.signedIn ? send({ signedIn: true, serverTime: Date.now() }) : send({ code: 'bad-credentials' }, 401);
    }
    if (key === 'POST logout') {
      this.signedIn = false;
      return send(undefined, 200);
    }
    if (key === 'GET items' && id) {
      const item = this.items.get(id);
      return item ? send({
        item, alerts: [item.alert], deliveries: [{ deliveryId: 'd1', destination: 'cad-toluca', incidentId: id, revision: 1, result: 'DELIVERED', time: item.openedAt + 900 }],
        acts: [...this.acts.values()].filter((act) => act.item === id), suppressed: { grouped: item.eventCount - 1, muted: [] },
        nextArches: item.plate ? this.devices.filter((each) => each.kind === 'ARCH' && each.municipality === item.municipality && each.deviceId !== item.deviceId).slice(0, 4).map((each, i) => ({ deviceId: each.deviceId, latitude: each.latitude, longitude: each.longitude, kilometres: 2.5 + i * 3, minutesAt60: 3 + i * 3 })) : [],
        incident: { incidentId: id.slice(9), revision: item.revision, kind: item.kind, type: item.type, status: item.status, openedAt: item.openedAt, updatedAt: item.updatedAt, priority: item.priority, priorityParts: [{ code: 'kind', points: item.priority - 5, text: item.headline }, { code: 'corroboration', points: 5, text: { es: 'Varias fuentes', en: 'Several sources' } }], events: [{ eventId: 'e1', topic: 'alerts', type: item.alert.type, time: item.openedAt, summary: item.headline }, { eventId: 'e2', topic: 'alerts', type: item.alert.type, time: item.openedAt + 5000 }], notes: [{ time: item.openedAt + 60000, operator: 'luis', text: 'Va la patrulla 214' }] },
      }) : send({ code: 'not-found' }, 404);
    }
    if (key === 'GET items') {
      const items = [...this.items.values()].filter((each) => each.list !== 'DONE');
      const from = Number(url.searchParams.get('after') ?? 0);
      if (from === this.failingPage) {
        this.failingPage = undefined;
        return send({ code: 'unavailable' }, 503);
      }
      const answer = { cursor: `${this.epoch}-${this.seq}`, seq: this.seq, items: items.slice(from, from + 500), next: from + 500 < items.length ? String(from + 500) : undefined, counts: this.counts() };
      await new Promise((resolve) => setTimeout(resolve, this.itemsDelayMs));
      return send(answer);
    }
    if (key === 'POST acts' && verb === 'undo') {
      const act = this.acts.get(id);
      if (!act || act.undoUntil < Date.now()) {
        return send({ code: 'not-undoable' }, 409);
      }
      act.state = 'UNDONE';
      this.change(act.item, { list: act.before, pending: undefined });
      return send({ actId: id, state: 'UNDONE' });
    }
    if (key === 'POST acts') {
      const results = body.acts.map((act: Json) => {
        const item = this.items.get(act.item);
        if (!item) {
          return { actId: act.actId, item: act.item, ok: false, code: 'not-found' };
        }
        const undoUntil = Date.now() + this.undoMs;
        setTimeout(() => this.#leave(act.actId), this.undoMs);
        this.acts.set(act.actId, { ...act, note: body.note ?? act.note ?? act.text, operator: 'ana', time: Date.now(), state: 'HELD', undoUntil, before: item.list });
        if (act.type === 'DISPOSE' || act.type === 'CLOSE') {
          this.change(act.item, { list: 'DONE', pending: { actId: act.actId, type: act.type, outcome: act.outcome, operator: 'ana', undoUntil } });
        } else if (act.type !== 'NOTE') {
          this.change(act.item, { status: { ACKNOWLEDGE: 'ACKNOWLEDGED', ACCEPT: 'ACCEPTED', ON_SCENE: 'ON_SCENE' }[act.type as string] ?? item.status });
        }
        return { actId: act.actId, item: act.item, ok: true, ...(['ACKNOWLEDGE', 'ON_SCENE', 'NOTE'].includes(act.type) ? { state: 'SENT' } : { state: 'HELD', undoUntil }), ...(act.outcome && act.outcome !== 'NOT_ACTIONABLE' && { trust: { deviceId: item.deviceId, before: 0.98, after: { CORRECT: 0.99, WRONG_STATE: 0.98 }[act.outcome as string] ?? 0.81 } }) };
      });
      return send({ results });
    }
    if (key === 'POST exports') {
      response.setHeader('Content-Disposition', 'attachment; filename="e1.zip"');
      response.setHeader('Content-Type', 'application/zip');
      response.end(`PK ${JSON.stringify(body)}`);
      return;
    }
    if (path === '/api/session/passkeys/options') {
      return send({ rp: { id: 'localhost', name: 'Atalaya' }, user: { id: 'YW5h', name: 'ana', displayName: 'Ana' }, challenge: 'Y2hhbGxlbmdlLTE', pubKeyCredParams: [{ type: 'public-key', alg: -7 }], authenticatorSelection: { residentKey: 'preferred' } });
    }
    if (path.startsWith('/api/session/passkeys')) {
      if (request.method === 'POST') {
        this.passkeys.push({ id: body.credential.id, label: body.label, createdAt: Date.now(), lastUsedAt: Date.now() });
      }
      return send({ passkeys: this.passkeys });
    }
    if (path === '/api/login/passkey') {
      this.signedIn = this.passkeys.some((each) => each.id === body.credential.id);
      return this.signedIn ? send({ signedIn: true, serverTime: Date.now() }) : send({ code: 'bad-credentials' }, 401);
    }
    if (key === 'GET mutes') {
      return send({ mutes: this.mutes });
    }
    if (key === 'POST mutes') {
      const mute = { muteId: `m${this.mutes.length + 1}`, operator: 'ana', author: 'ana', from: Date.now(), to: Date.now() + body.minutes * 60_000, matches: 0, ...body };
      this.mutes = [...this.mutes, mute];
      const fits = (each: Json) => Object.entries(body.matcher).every(([field, value]) => field === 'area' || each[field] === value);
      const items = [...this.items.values()].filter((each) => each.priority < 90 && (body.effect === 'SUBSCRIBE' ? each.list === 'QUEUE' && !fits(each) : fits(each)));
      items.forEach((each) => this.items.set(each.id, { ...each, ...(body.effect === 'SUBSCRIBE' ? { subscribed: false } : { mutedBy: [mute.muteId] }), seq: body.scope === 'ME' ? each.seq : ++this.seq }));
      this.batch({ mutes: this.mutes, items: items.map((each) => this.items.get(each.id)), counts: this.counts() });
      return send(mute);
    }
    if (key === 'DELETE mutes') {
      this.mutes = this.mutes.filter((each) => each.muteId !== id);
      this.batch({ mutes: this.mutes });
      return send(undefined, 204);
    }
    if (key === 'GET devices' && id) {
      return send({ device: { deviceId: id, kind: 'CAMERA', zones: [{ zoneId: 'z1', kind: 'ROAD', polygon: [[0.3, 0.9], [0.45, 0.25], [0.62, 0.25], [0.85, 0.9]] }] }, health: 'OK', trust: { answers: { CORRECT: 9, WRONG_PLATE: 2, WRONG_STATE: 0, NOT_ACTIONABLE: 1 }, correctShare: 0.77, value: 0.93 } });
    }
    if (key === 'GET health') {
      const now = Date.now();
      const times = Array.from({ length: 288 }, (_, i) => now - (288 - i) * 300_000);
      const wave = (base: number, size: number) => times.map((_, i) => Math.round((base + size * Math.sin(i / 23) + (next(100) / 100) * size) * 100) / 100);
      return send(id === 'series' ? {
        stepSeconds: 300, times, series: { alerts: wave(40, 18), pending: wave(14, 6), 'lag.alerts': wave(30, 25), 'lag.incidents': wave(8, 6), 'lag.devices': wave(2, 2), 'lag.deliveries': wave(4, 3), 'lag.mutes': wave(0, 0), 'budget.trajectory.realised': wave(0.9, 0.2), 'budget.trajectory.set': times.map(() => 1), 'budget.scene-activity.realised': wave(1.1, 0.2), 'budget.scene-activity.set': times.map(() => 1), 'interruptions.realised': wave(5, 4), 'interruptions.set': times.map(() => 10), deadLetters: wave(2, 2), delayMsP99: wave(120, 40), silentDevices: wave(9, 4), 'availability.ARCH': wave(0.97, 0.01), 'availability.CAMERA': wave(0.94, 0.02), clients: wave(12, 3) },
      } : {
        time: now, broker: { connected: true, ageMs: 120 }, topics: ['alerts', 'incidents', 'devices', 'deliveries'].map((topic, i) => ({ topic, lagRecords: i * 3, lastRecordAt: now - i * 4000, delayMs: 80 + i })),
        deadLetters: { lastDay: 17, byField: { 'plate-reads · time': 12, 'hotlist · plate': 5 } }, devices: { total: this.devices.length, silent: 11, fault: 4, byKind: { ARCH: { total: 150, silent: 5, fault: 1 }, CAMERA: { total: 150, silent: 6, fault: 3 } }, silentIds: this.devices.filter((each) => each.health === 'SILENT').map((each) => each.deviceId) },
        availability: { ARCH: 0.987, CAMERA: 0.941 }, stream: { clients: 12, resyncs: 1, emissionToSendMs: { p50: 21, p99: 143 } }, budgets: { models: [{ model: 'scene-activity', version: '1', at: now - 90_000, realised: 1.12, set: 1, ofAll: false }, { model: 'trajectory', version: '3', at: now - 30_000, realised: 0.94, set: 1, ofAll: true }], interruptions: { set: 10, minutes: 10, most: { 'TOLUCA · TOLUCA-03': 9, 'ECATEPEC · ECATEPEC-01': 4 } } }, alerts: { lastDayByType: { crowd: 12, 'hotlist-match': 81, 'cloned-plate': 7 } }, jobs: [{ name: 'hotlist-match', url: '', up: true, ageMs: 900 }, { name: 'dispatch', url: '', up: false, ageMs: 64000 }],
      });
    }
    if (key === 'GET audit' && id) {
      return send({ ok: true, records: 1234, head: 'ab12cd34ef56ab78' });
    }
    if (key === 'GET alerts') {
      response.setHeader('Content-Type', 'image/svg+xml');
      response.end('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="56"><rect width="200" height="56" fill="#d9d4c8"/><path d="M14 40h172" stroke="#333" stroke-width="18" stroke-dasharray="14 9"/></svg>');
      return;
    }
    if (key === 'GET basemap' && id) {
      const file = await readFile(new URL(`./${id}`, import.meta.url));
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      response.statusCode = from ? 206 : 200;
      response.setHeader('Content-Type', 'application/octet-stream');
      response.end(from ? file.subarray(Number(from), Number(to) + 1) : file);
      return;
    }
    const lists: Record<string, Json> = {
      devices: { devices: this.devices }, views: { views: this.views }, basemap: { layers: this.layers }, 'drone-tasks': { records: this.tasks },
      sites: { sites: ['TOLUCA', 'ECATEPEC'].map((site) => ({ site, positions: [{ position: `${site}-03`, operator: 'ana' }], ageMs: 900, up: true })) },
      videowall: { records: [{ site: 'TOLUCA', revision: 1, size: 6, panels: [{ number: 1, deviceId: 'CAM-2', incidentId: '000001', distanceMetres: 182.5 }, { number: 4, deviceId: 'CAM-10', incidentId: '000001', distanceMetres: 1240, ahead: true }] }] },
      models: { requests: [{ model: 'trajectory', active: '3', shadow: '4', operator: 'ana', purpose: 'prueba', time: Date.now() }], answers: [{ model: 'trajectory', active: '3', shadow: '4', answer: 'accepted', at: Date.now() }] },
      audit: { records: [{ id: 9, time: Date.now(), user: 'ana', organisation: 'SSEM', roles: ['DISPATCHER'], position: 'TOLUCA-03', action: 'OPEN', object: 'incident:000001', purpose: '', hash: 'ab12' }] },
      accounts: { accounts: [{ name: 'ana', displayName: 'Ana Ríos', roles: ['DISPATCHER'], groups: [], sites: ['TOLUCA'], agency: 'SSEM', locked: false, lastLoginAt: Date.now() }] },
      walls: { walls: [{ wall: 1, site: 'TOLUCA' }] },
    };
    if (request.method === 'GET' && lists[name]) {
      return send(lists[name]);
    }
    if (key === 'POST views') {
      const view = { viewId: `v${this.views.length + 1}`, owner: 'ana', shared: false, ...body };
      this.views.push(view);
      return send(view);
    }
    return send({ code: 'not-found' }, 404);
  }
}
