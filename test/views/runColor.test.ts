import { describe, expect, test } from 'vitest';
import { COLOR_NAMES, DASHES, PALETTE, paletteColor, runColor } from '../../src/views/runColor.ts';

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

  test('many runs use every colour and every dash', () => {
    const looks = Array.from({ length: 2_000 }, (_, at) => runColor(`run-${at}`));
    expect(new Set(looks.map(({ color }) => color)).size).toBe(PALETTE.length);
    expect(new Set(looks.map(({ dash }) => dash)).size).toBe(DASHES.length);
  });
});
