import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLOR_NAMES, DASHES, distinctColors, PALETTE, paletteColor, runColor } from '../../src/views/runColor.ts';

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('the colours of runs', () => {
  test.each([...PALETTE])('%s can be seen on light and dark editors', (color) => {
    for (const background of ['#ffffff', '#121314', '#1f1f1f', '#000000']) {
      expect(contrast(color, background), background).toBeGreaterThanOrEqual(3);
    }
  });

  test('a run always looks the same', () => {
    expect(runColor('0123456789abcdef0123456789abcdef')).toEqual(runColor('0123456789abcdef0123456789abcdef'));
  });

  test('a run has the colour that was chosen for it, in the tag of MLflow, and its own dashes', () => {
    const own = runColor('run-1');
    expect(runColor('run-1', '#AB12cd')).toEqual({ ...own, color: '#ab12cd' });
    for (const wrong of ['red', '#12345', 'url(x)', '#1234567', '']) expect(runColor('run-1', wrong)).toEqual(own);
  });

  test('of any colour the palette has one that looks like it', () => {
    for (const [at, color] of PALETTE.entries()) expect(paletteColor('run-1', color)).toBe(at);
    expect(COLOR_NAMES[paletteColor('run-1', '#cc3344')]).toBe('Red');
    expect(COLOR_NAMES[paletteColor('run-1', '#0000ff')]).toBe('Blue');
    expect(COLOR_NAMES).toHaveLength(PALETTE.length);
  });

  test('of two runs of a screen that would look alike, the younger has other dashes', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `run-${at}`);
    const look = (runId: string) => JSON.stringify(runColor(runId));
    const [young = '', old = ''] = ids.filter((it) => look(it) === look('run-7'));
    const looks = distinctColors([
      { runId: young, startTime: 2_000 },
      { runId: old, startTime: 1_000 },
      { runId: 'unfinished', startTime: undefined, chosen: '#123456' },
    ]);
    expect(looks.get(old)).toEqual(runColor(old));
    expect(looks.get(young)?.color).toBe(runColor(young).color);
    expect(looks.get(young)?.dash).not.toEqual(runColor(young).dash);
    expect(looks.get('unfinished')).toEqual(runColor('unfinished', '#123456'));
  });

  test('runs of a screen are told apart as long as their colour has dashes left, in whatever order they come', () => {
    const anyRun = fc.record({
      runId: fc.uuid(),
      startTime: fc.option(fc.nat(5), { nil: undefined }),
      chosen: fc.option(fc.constantFrom('#112233', '#445566'), { nil: undefined }),
    });
    const anyRuns = fc.uniqueArray(anyRun, { selector: ({ runId }) => runId, maxLength: 40 });
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const looks = distinctColors(runs);
        expect(new Map([...distinctColors([...runs].reverse())].sort())).toEqual(new Map([...looks].sort()));
        const dashesByColor = Map.groupBy(looks.values(), ({ color }) => color);
        for (const alike of dashesByColor.values()) {
          const different = new Set(alike.map(({ dash }) => DASHES.indexOf(dash))).size;
          expect(different).toBe(Math.min(alike.length, DASHES.length));
        }
        for (const { runId, chosen } of runs) expect(looks.get(runId)?.color).toBe(runColor(runId, chosen).color);
      }),
    );
  });

  test('many runs use every colour and every dash', () => {
    const looks = Array.from({ length: 2_000 }, (_, at) => runColor(`run-${at}`));
    expect(new Set(looks.map(({ color }) => color)).size).toBe(PALETTE.length);
    expect(new Set(looks.map(({ dash }) => dash)).size).toBe(DASHES.length);
  });
});
