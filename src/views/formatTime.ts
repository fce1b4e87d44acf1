const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, in its largest unit: `now`, `5 min ago`, `2 h ago`, `3 d ago`; a date after four weeks. */
export function formatAge(moment: number, now: number): string {
  const age = now - moment;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 28 * DAY) return `${Math.floor(age / DAY)} d ago`;
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(date) : date.toISOString().slice(0, 10);
}

/** A span of ms in its one or two largest units: `350 ms`, `14 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(span: number): string {
  if (span < SECOND) return `${Math.max(0, Math.round(span))} ms`;
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  const [large, unit, small, rest] =
    span < HOUR
      ? ([MINUTE, 'min', SECOND, 's'] as const)
      : span < DAY
        ? ([HOUR, 'h', MINUTE, 'min'] as const)
        : ([DAY, 'd', HOUR, 'h'] as const);
  const remainder = Math.floor((span % large) / small);
  return `${Math.floor(span / large)} ${unit}${remainder ? ` ${remainder} ${rest}` : ''}`;
}

/** A moment as a person writes it, in the local time zone. */
export function formatMoment(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(date) : momentFormat().format(date);
}

/** Made once, since making one takes ten times as long as what it is made for; and late, since the first takes 10 ms. */
let made: Intl.DateTimeFormat | undefined;
function momentFormat(): Intl.DateTimeFormat {
  made ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  return made;
}
