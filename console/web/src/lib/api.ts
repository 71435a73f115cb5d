import { t } from './i18n.svelte';
import type { Alert } from './contracts/alerts';
import type { Delivery } from './contracts/deliveries';
import type { Device as DeviceRecord } from './contracts/devices';
import type { DroneTask } from './contracts/drone-tasks';
import type { Assignment, Deadlines, Incident, Text } from './contracts/incidents';
import type { Videowall } from './contracts/videowall';

export type { Alert, Delivery, DeviceRecord, DroneTask, Incident, Text, Videowall };

export type Outcome = 'CORRECT' | 'WRONG_PLATE' | 'WRONG_STATE' | 'NOT_ACTIONABLE';

export interface Place { latitude: number; longitude: number; radiusMetres?: number }

export interface Item {
  id: string; seq: number; revision: number; list: 'QUEUE' | 'REVIEW' | 'DONE'; kind: string; type: string; status: string;
  priority: number; score?: number; site?: string; municipality?: string; deviceId?: string; place?: Place; plate?: string;
  reason?: string; source?: string; entryId?: string; headline?: Text; openedAt: number; updatedAt: number; receivedAt?: number;
  deadlines?: Deadlines; assignment?: Assignment; covert?: boolean; eventCount?: number; alertIds?: string[]; mutedBy?: string[]; subscribed?: false;
  /** What a digest lists. */
  listed?: { count: number; types: Record<string, number>; places: Record<string, number> };
  pending?: { actId: string; type: string; outcome?: Outcome; operator: string; undoUntil: number };
  answer?: { outcome: Outcome; operator: string; time: number };
  alert?: Alert;
}

export interface Act {
  actId: string; item: string; type: string; outcome?: Outcome; note?: string; operator: string; position?: string; site?: string;
  time: number; state: 'HELD' | 'SENT' | 'UNDONE'; undoUntil?: number;
}

export interface ItemDetail {
  item: Item; incident?: Incident; alerts?: Alert[]; deliveries?: Delivery[]; acts?: Act[];
  suppressed?: { grouped: number; muted: { muteId: string; author: string; to: number }[] };
  nextArches?: { deviceId: string; latitude: number; longitude: number; kilometres: number; minutesAt60: number }[];
  allowed?: string[];
  /** The linked items that are over, and so in no list. */
  linked?: Item[];
}

export interface Dev {
  deviceId: string; kind: string; site?: string; municipality?: string; latitude?: number; longitude?: number; heading?: number;
  health: 'OK' | 'SILENT' | 'FAULT'; faultItems?: string[]; trust?: number;
}

/** The value is the score of a plain read at the device. */
export interface Trust { answers: Record<Outcome, number>; correctShare: number; value: number }

export interface DeviceDetail { device: DeviceRecord; health: string; trust?: Trust }

export type Matcher = Partial<Record<'kind' | 'type' | 'site' | 'deviceId' | 'plate' | 'cell' | 'source' | 'reason', string>> & {
  /** West, south, east, north in degrees. */
  area?: number[];
};

/** A mute, or a subscription: who has one is interrupted by nothing else. */
export interface Mute {
  muteId: string; effect?: 'MUTE' | 'SUBSCRIBE'; scope: 'ME' | 'ALL'; operator?: string; matcher: Matcher; author: string; reason: string; caseNumber?: string;
  from: number; to: number; matches?: number;
}

export interface Counts { queue: number; review: number; done: number; muted: number; unsubscribed?: number; highest: number }

export interface Site { site: string; positions?: { position: string; operator: string }[]; ageMs: number; up: boolean }

export interface Session {
  signedIn: boolean; locked?: boolean; oidc?: boolean; passkey?: PublicKeyCredentialRequestOptionsJSON; site?: string; position?: string; expiresAt?: number; idleLockSeconds?: number;
  hasPin?: boolean; language?: string; undoSeconds?: number; serverTime: number;
  user?: { name: string; displayName?: string; roles: string[]; groups?: string[]; sites?: string[]; agency?: string };
}

export interface View { viewId: string; name: string; query: string; shared: boolean; owner: string }

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, detail: string, readonly field?: string) {
    super(detail || code);
  }
}

/** Why a request failed, in words. */
export const reasonOf = (e: unknown) => t().failed(e instanceof ApiError ? (t().errors[e.code] ?? e.code) + (e.field ? ` (${e.field})` : '') : String(e));

async function send(method: string, path: string, body?: unknown, isRetry = false): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, */*;q=0.5' };
  if (method !== 'GET') {
    headers['X-XSRF-TOKEN'] = /(?:^|; )__Host-XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0, 'unavailable', '');
  }
  if (!response.ok) {
    const answer = await response.json().catch(() => undefined);
    if (answer?.code === 'csrf' && !isRetry) {
      // The token has changed with the session, or there is none yet.
      await fetch('/api/session');
      return send(method, path, body, true);
    }
    throw new ApiError(response.status, answer?.code ?? String(response.status), answer?.detail ?? '', answer?.field);
  }
  return response;
}

/** Sends a request to the server; throws an ApiError with the server's code. */
export async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const text = await response.text();
  return (text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined) as T;
}

/** Saves what the server answers as a file. */
export async function download(path: string, body: unknown) {
  const response = await send('POST', path, body);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'export';
  link.click();
  URL.revokeObjectURL(link.href);
}

export const get = <T>(path: string) => api<T>('GET', path);
export const post = <T>(path: string, body?: unknown) => api<T>('POST', path, body ?? {});
