// Times as distances from the world's day.

const day = 86_400_000;

export interface Calendar {
  /** The moment at which the world is looked at. */
  now: Date;
  /** That many days (fractions too) before the beginning of today; negative for the future. */
  ago(days: number): Date;
  /** As `ago`, in ISO 8601 without milliseconds, as in credential reports. */
  isoAgo(days: number): string;
}

/**
 * A calendar around `now`. Distances count from the beginning of its day (UTC), so that two looks on one day see the
 * same dates.
 */
export function calendarOf(now: Date): Calendar {
  const today = Math.floor(now.getTime() / day) * day;
  const ago = (days: number): Date => new Date(today - Math.round(days * day));
  return { now, ago, isoAgo: (days) => `${ago(days).toISOString().slice(0, 19)}+00:00` };
}
