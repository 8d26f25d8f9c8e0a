import { formatClock } from '../../main/domain/time.ts';

const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number with a true minus (U+2212), at most one digit behind the point. */
export const plainNumber = (value: number): string => tenths.format(value).replace('-', '\u2212');
export const signed = (points: number): string =>
  points > 0 ? `+${plainNumber(points)}` : plainNumber(points);

/** 277.235 becomes 4:37.2: a place in the episode to the tenth of a second. */
export const clockTenths = (seconds: number): string => {
  const rounded = Math.round(seconds * 10) / 10;
  return `${formatClock(rounded)}.${Math.round((rounded % 1) * 10) % 10}`;
};

/** A score as it is read everywhere: whole points of a hundred. */
export const wholeScore = (score: number): string => String(Math.round(score));

/** 2_620_069 becomes 2.6 MB, in the decimal units that file managers and platforms use. */
export function fileSize(bytes: number): string {
  const [unit, size] =
    bytes >= 1e9 ? (['GB', 1e9] as const) : bytes >= 1e6 ? (['MB', 1e6] as const) : (['kB', 1e3] as const);
  const amount = bytes / size;
  return `${amount >= 100 || unit === 'kB' ? Math.round(amount) : tenths.format(amount)} ${unit}`;
}

/** How long something is, in the words of a list: 38 s, 6 min, 1 h 04. */
export function lengthInWords(seconds: number): string {
  if (seconds < 90) return `${plainNumber(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

export const ordinal = (rank: number): string => {
  const tens = rank % 100;
  const suffix =
    tens >= 11 && tens <= 13
      ? 'th'
      : (({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[rank % 10] ?? 'th');
  return `${rank}${suffix}`;
};

const hoursAndMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** 14:05 by the clock of this machine. */
export const timeOfDay = (atMs: number): string => hoursAndMinutes.format(atMs);

/** How long something takes or lasts, in whole units. */
export const wholeLength = (seconds: number): string => lengthInWords(Math.round(seconds));

const grouped = new Intl.NumberFormat('en');

/** 10000 becomes 10,000. */
export const count = (amount: number): string => grouped.format(amount);
