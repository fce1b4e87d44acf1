import { expect, test } from 'vitest';
import { noteOf } from '../../../webview/charts/cardNote.ts';

const VIEW = { xAxis: 'step', logY: false } as const;

function line(y: readonly number[], x: readonly number[] = y.map((_, at) => at)) {
  const curve = { x: Float64Array.from(x), y: Float64Array.from(y), raw: Float64Array.from(y) };
  return { id: 'a', label: 'a', color: '', dash: [], curve, total: y.length };
}

test('curves that show all there is need no note', () => {
  expect(noteOf([], VIEW)).toBeUndefined();
  expect(noteOf([line([1, 2]), line([1])], VIEW)).toBeUndefined();
});

test('what cannot be seen is told, with what would show it', () => {
  expect(noteOf([line([Number.NaN, Number.NaN])], VIEW)?.text).toMatch(/^All values are NaN/);
  expect(noteOf([line([0, -1, 2])], { ...VIEW, logY: true })).toEqual({
    text: 'A logarithmic axis cannot show 2 points that are not above 0.',
  });
  expect(noteOf([line([1]), line([2])], VIEW)?.action).toBe('bars');
  expect(noteOf([line([1, 2, 3], [0, 0, 0])], VIEW)).toMatchObject({ action: 'time' });
  expect(noteOf([line([1, 2, 3], [0, 0, 0])], { ...VIEW, xAxis: 'time' })).toBeUndefined();
  expect(noteOf([line([Number.NaN], [Number.NaN])], { ...VIEW, xAxis: 'time' })?.text).toMatch(/x axis/);
});
