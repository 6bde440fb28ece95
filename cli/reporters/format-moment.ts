const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time (ISO 8601) in the local time zone: `28 Nov 03:52`, with the year unless it is that of `now`. */
export function formatMoment(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number): string => String(n).padStart(2, '0');
  const year = at.getFullYear() === now.getFullYear() ? '' : ` ${at.getFullYear()}`;
  const day = `${at.getDate()} ${MONTHS[at.getMonth()]}${year}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The beginning of the month of `now` in the local time zone (ISO 8601). */
export function startOfMonth(now: Date): string {
  return new Date(now.getFullYear(), now.getMonth()).toISOString();
}
