import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageStrips, loggedImage } from '../../src/views/images.ts';

const UUID = '408c6cc2-b4fa-4620-a830-f7e54480a1f6';

describe('the name of a picture', () => {
  test.each([
    [`images/val#pred%step%5%timestamp%1795804045498%${UUID}.png`, 'val/pred', 5],
    [`images/val~pred+step+5+timestamp+1795804051113+${UUID}.png`, 'val/pred', 5],
    [`images/loss+step+-1+timestamp+1795804051113+${UUID}.png`, 'loss', -1],
    ['plots/pred_step_100.png', 'plots/pred.png', 100],
    ['sample-epoch3.jpg', 'sample.jpg', 3],
    ['grid/epoch_12.svg', 'grid/epoch.svg', 12],
    ['roc.png', 'roc.png', undefined],
    ['footstep_7.png', 'footstep_7.png', undefined],
  ])('%s', (path, key, step) => {
    expect(loggedImage(path)).toEqual({ key, step });
  });

  test('is none where the file is no picture, or the small copy of one', () => {
    expect(loggedImage('model/MLmodel')).toBeUndefined();
    expect(loggedImage(`images/val~pred+step+5+timestamp+1795804051113+${UUID}+compressed.webp`)).toBeUndefined();
    expect(loggedImage(`images/val#pred%step%5%timestamp%1795804051113%${UUID}%compressed.webp`)).toBeUndefined();
  });
});

describe('pictures side by side', () => {
  test('have all steps that some run has, and gaps where a run has none', () => {
    const at = (step: number, time = 1) => `images/pred+step+${step}+timestamp+${time}+${UUID}.png`;
    expect(imageStrips([[at(10), at(2), 'roc.png'], [at(2, 1), at(2, 2)], []])).toEqual([
      {
        key: 'pred',
        steps: [2, 10],
        paths: [
          [at(2), at(10)],
          [at(2, 2), null],
          [null, null],
        ],
      },
      { key: 'roc.png', steps: [], paths: [['roc.png'], [null], [null]] },
    ]);
  });

  test('are there once each, whatever their names', () => {
    const name = fc.constantFrom('a_step_1.png', 'a_step_2.png', 'b.png', 'c/epoch3.jpg', 'note.txt', 'x.svg');
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(name), { minLength: 1, maxLength: 5 }), (runs) => {
        const strips = imageStrips(runs);
        for (const [at, files] of runs.entries()) {
          const shown = strips.flatMap(({ paths }) => paths[at] ?? []).filter((path) => path !== null);
          expect(shown.sort()).toEqual(files.filter((file) => file !== 'note.txt').sort());
        }
        for (const { steps, paths } of strips)
          for (const own of paths) expect(own).toHaveLength(Math.max(1, steps.length));
      }),
    );
  });
});
