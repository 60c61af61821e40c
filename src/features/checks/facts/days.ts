// Ages in days.

const day = 86_400_000;

/**
 * Days that have passed since a time, with fractions; negative when it lies ahead. Undefined when the text is no time.
 * @param iso ISO 8601
 */
export function daysSince(iso: string, now: Date): number | undefined {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : (now.getTime() - at) / day;
}
