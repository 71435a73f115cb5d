import type { Item, Place } from './api';
import { jobText, millis, t } from './i18n.svelte';
import { isUrgent } from './levels';

export const typeName = (type: string) => t().types[type] ?? type;

/** Names with how many there are of each, the most frequent first. */
function counted(counts: Record<string, number>, name = (key: string) => key): string {
  const all = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return all.length === 1 ? name(all[0][0]) : all.map(([key, n]) => `${name(key)} ${n}`).join(', ');
}

/** A digest says itself what it lists. */
export const headline = (item: Item) =>
  item.listed?.count ? t().digest(item.listed.count, counted(item.listed.types, typeName)) : jobText(item.headline) || jobText(item.alert?.headline) || typeName(item.type);

export const placeName = (item: Item) => [item.deviceId, item.municipality ?? (item.listed && counted(item.listed.places))].filter(Boolean).join(' · ') || (item.site ?? '');

/** Why what a digest lists did not interrupt; empty of others, and where it can no longer be seen. */
export function listedWhy(item: Item): string {
  if (item.type === 'flood') {
    return t().digestWhy.flood;
  }
  if (!item.listed?.count) {
    return '';
  }
  const why = item.type === 'muted' ? 'muted' : item.deadlines?.onSceneBy ? 'budget' : item.status === 'OPEN' ? 'review' : undefined;
  return why ? t().digestWhy[why] : '';
}

/** Whether what was seen is over; a person still says what it was. */
export const isEnded = (item: Item) => item.alert?.status === 'ENDED';

/** West, south, east and north of a place, some five kilometres away. */
export const around = ({ latitude, longitude }: Place) => [longitude - 0.048, latitude - 0.045, longitude + 0.048, latitude + 0.045].map((degrees) => Number(degrees.toFixed(4)));

/** When the vehicle was last seen. */
export const lastSeen = (item: Item) => millis(item.alert?.time ?? item.updatedAt);

/** What a person would call the item in a sentence. */
export const shortName = (item: Item) => item.plate ?? item.deviceId ?? typeName(item.type);

const plain = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const plateOnly = (text: string) => text.replace(/[^0-9A-Za-z?*]/g, '').toUpperCase();

export interface Filter { q: string; minPriority: number; site: string; kind: string }

/** Whether the item has every word of the filter; a word with ? or * is compared with the whole plate. */
export function filterOf({ q, minPriority, site, kind }: Filter): (item: Item) => boolean {
  const words = q.trim().split(/\s+/).filter(Boolean);
  const tests = words.map((word) => {
    if (/[?*]/.test(word)) {
      const pattern = new RegExp(`^${plateOnly(word).replace(/\?/g, '.').replace(/\*/g, '.*')}$`);
      return (item: Item) => pattern.test(plateOnly(item.plate ?? ''));
    }
    const wanted = plain(word);
    const asPlate = plateOnly(word);
    return (item: Item) =>
      (asPlate.length > 1 && plateOnly(item.plate ?? '').includes(asPlate)) ||
      plain(`${headline(item)} ${typeName(item.type)} ${placeName(item)} ${item.source ?? ''} ${item.id}`).includes(wanted);
  });
  return (item) =>
    item.priority >= minPriority && (!site || item.site === site) && (!kind || item.kind === kind) && tests.every((test) => test(item));
}

/** Whether a mute holds for the item. */
export const isMuted = (item: Item) => !isUrgent(item.priority) && (item.mutedBy?.length ?? 0) > 0;

/** The list that the item is in for this operator: mutes and subscriptions change who is interrupted, never what there is. */
export const listOf = (item: Item): Item['list'] =>
  item.list === 'QUEUE' && (isMuted(item) || (item.subscribed === false && !isUrgent(item.priority))) ? 'REVIEW' : item.list;
