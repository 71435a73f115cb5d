import { en, es, type Messages } from './messages';

export type Language = 'es-MX' | 'en';

const stored = localStorage.getItem('language') as Language | null;

export const locale = $state({ language: (stored === 'en' ? 'en' : 'es-MX') as Language });

export function setLanguage(language: Language) {
  locale.language = language;
  localStorage.setItem('language', language);
  document.documentElement.lang = language;
}

/** The texts in the chosen language; read inside a template it follows a change of the language. */
export function t(): Messages {
  return locale.language === 'en' ? en : es;
}

/** The Spanish or English half of a text that a job wrote. */
export function jobText(text?: { es?: string | null; en?: string | null } | null): string {
  return (locale.language === 'en' ? (text?.en ?? text?.es) : (text?.es ?? text?.en)) ?? '';
}

/**
 * A word that jobs and lists write as a code, such as a colour, in the chosen language; also where it was written in the
 * other. What has no text stays as it is.
 */
export function word(table: 'colors' | 'vehicleTypes' | 'directions', written?: string | number | null): string {
  const text = String(written ?? '').trim();
  const code = [es, en].flatMap((language) => Object.entries(language[table])).find(([key, name]) => key === text.toUpperCase() || name === text.toLowerCase())?.[0];
  return code ? t()[table][code] : text;
}

/** A compass point, or degrees. */
export const direction = (written?: string | number | null) => (/\d/.test(String(written ?? '')) ? `${written}°` : word('directions', written));

const zone = 'America/Mexico_City';
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(name: string, options: Intl.DateTimeFormatOptions) {
  const key = name + locale.language;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale.language, { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, format);
  }
  return format;
}

export const millis = (time?: number | string | null) => (time == null ? 0 : typeof time === 'number' ? time : Date.parse(time));

export const clock = (time?: number | string | null) =>
  time == null ? '' : dateFormat('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(millis(time));

export const dayAndClock = (time?: number | string | null) =>
  time == null ? '' : dateFormat('day', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(millis(time));

export const number = (value: number, digits = 0) =>
  value.toLocaleString(locale.language, { maximumFractionDigits: digits, minimumFractionDigits: digits });

export const percent = (value: number) => {
  // Never rounded to certainty.
  const shown = Math.min(0.999, Math.max(0.001, value));
  return shown.toLocaleString(locale.language, { style: 'percent', maximumFractionDigits: shown > 0.99 || shown < 0.01 ? 1 : 0 });
};

/** A short age or span: 8 s, 3 min, 2 h 05, 4 d. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')}` : `${Math.floor(hours / 24)} d`;
}

document.documentElement.lang = locale.language;
