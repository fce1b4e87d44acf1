import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved, sectionsOf } from '../../../webview/charts/sections.ts';

const VIEW = { filter: '', pinned: [], order: [] };

describe('sections', () => {
  test('are the prefixes of metrics: none first, the system last', () => {
    expect(sectionsOf(['system/cpu', 'train/loss', 'rmse', 'train/acc', 'val/loss', '/odd'], VIEW)).toEqual([
      { name: 'Metrics', metricKeys: ['/odd', 'rmse'] },
      { name: 'train', metricKeys: ['train/acc', 'train/loss'] },
      { name: 'val', metricKeys: ['val/loss'] },
      { name: 'System metrics', metricKeys: ['system/cpu'] },
    ]);
  });

  test('hold what the expression finds; a broken expression is a text', () => {
    const keys = ['train/loss', 'val/loss', 'val/acc', 'a(b'];
    const found = (filter: string) => sectionsOf(keys, { ...VIEW, filter }).flatMap(({ metricKeys }) => metricKeys);
    expect(found('^val/')).toEqual(['val/acc', 'val/loss']);
    expect(found('LOSS')).toEqual(['train/loss', 'val/loss']);
    expect(found('a(b')).toEqual(['a(b']);
  });

  test('have pinned metrics above all others, and moved ones in their new order', () => {
    expect(sectionsOf(['a', 'b', 'c'], { ...VIEW, pinned: ['c', 'gone'], order: ['b'] })).toEqual([
      { name: 'Pinned', metricKeys: ['c'] },
      { name: 'Metrics', metricKeys: ['b', 'a'] },
    ]);
  });

  test('together hold every metric once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.array(fc.string()), fc.array(fc.string()), (keys, pinned, order) => {
        const shown = sectionsOf(keys, { filter: '', pinned: [...new Set(pinned)], order });
        expect(shown.flatMap(({ metricKeys }) => metricKeys).toSorted()).toEqual(keys.toSorted());
      }),
    );
  });
});

test('a card is moved before another, or to the end', () => {
  expect(moved(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', undefined)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 'a', 'b')).toEqual(['a', 'b', 'c']);
});
