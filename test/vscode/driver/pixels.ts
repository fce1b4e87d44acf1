import type { Locator } from 'playwright-core';

/** Levels of a channel that are told apart: text is drawn with many shades. */
const LEVELS = 16;

/** What part of the picture of a place each colour has, as `r,g,b` rounded to sixteen levels. */
export async function colorShares(place: Locator): Promise<ReadonlyMap<string, number>> {
  const picture = await place.screenshot();
  // The browser reads the picture that it has made.
  const entries = await place.page().evaluate(
    async ([base64, levels]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
      const counts = new Map<string, number>();
      for (let at = 0; at < data.length; at += 4) {
        const color = [0, 1, 2].map((channel) => Math.round((data[at + channel] ?? 0) / levels)).join();
        counts.set(color, (counts.get(color) ?? 0) + 1);
      }
      return [...counts].map(([color, count]): [string, number] => [color, (count * 4) / data.length]);
    },
    [picture.toString('base64'), LEVELS] as const,
  );
  return new Map(entries);
}

/** A CSS colour as `colorShares` names it. @param css `rgb(…)` or `#rrggbb` */
export function colorName(css: string): string {
  const channels = css.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16))
    : (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.map((channel) => Math.round(channel / LEVELS)).join();
}

/**
 * What in the picture of a place does not look like the theme: a background that is not its own, text that cannot be
 * seen, and areas as bright (or dark) as the opposite theme's background, such as a control that nobody has styled.
 */
export async function themeProblems(place: Locator): Promise<string[]> {
  const shares = await colorShares(place);
  const { background, foreground } = await place.evaluate((element) => {
    const isClear = (it: Element) => /transparent|, 0\)$/.test(getComputedStyle(it).backgroundColor);
    let behind = element;
    while (isClear(behind) && behind.parentElement) behind = behind.parentElement;
    return { background: getComputedStyle(behind).backgroundColor, foreground: getComputedStyle(element).color };
  });
  const share = (css: string) => shares.get(colorName(css)) ?? 0;
  const brightness = (css: string) => (css.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, it) => sum + Number(it), 0);
  const isDark = brightness(background) < 3 * 128;
  const other = isDark ? '#ffffff' : '#000000';
  // Texts of high contrast have that very colour.
  const allowed = colorName(other) === colorName(foreground) ? 0.15 : 0.03;
  return [
    ...(share(background) < 0.3 ? [`the background ${background} has ${share(background)} of the picture`] : []),
    ...(share(foreground) === 0 ? [`nothing has the colour of texts, ${foreground}`] : []),
    ...(share(other) > allowed ? [`${share(other)} of the picture looks like another theme's background`] : []),
  ];
}
