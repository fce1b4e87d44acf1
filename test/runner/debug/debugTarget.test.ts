import { describe, expect, test } from 'vitest';
import { debugTarget } from '../../../src/runner/debug/debugTarget.ts';

describe('what a debugger starts', () => {
  test.each([
    [
      "python train.py --alpha 0.5 --note 'a b'",
      {
        start: { program: 'train.py' },
        arguments: ['--alpha', '0.5', '--note', 'a b'],
        pythonArguments: [],
        environment: {},
      },
    ],
    [
      'python3.11 -m wine.train {alpha}',
      { start: { module: 'wine.train' }, arguments: ['{alpha}'], pythonArguments: [], environment: {} },
    ],
    [
      'SEED=1 NAME="x y" /opt/python -u -W ignore -Xdev src/train.py -m x',
      {
        start: { program: 'src/train.py' },
        arguments: ['-m', 'x'],
        pythonArguments: ['-u', '-W', 'ignore', '-Xdev'],
        environment: { SEED: '1', NAME: 'x y' },
      },
    ],
  ])('%s', (command, target) => {
    expect(debugTarget(command, false)).toEqual(target);
  });

  test.each([
    ['python prepare.py && python train.py', "it needs a shell for '&&'"],
    ['python prepare.py\npython train.py', 'it needs a shell for a second line'],
    ['torchrun train.py', "it starts 'torchrun'"],
    ['bash train.sh', "it starts 'bash'"],
    ['python -c "print(1)"', 'the option -c'],
    ['python', 'it names no script'],
    ['python -m', 'the option -m'],
    ['A=1', 'it starts no program'],
    ['', 'it starts no program'],
  ])('%j cannot be debugged, and it is said why', (command, reason) => {
    const refused = debugTarget(command, false);
    expect(refused).toHaveProperty('reason', expect.stringContaining(reason));
    expect(refused).toHaveProperty('reason', expect.stringContaining('python train.py --alpha {alpha}'));
  });
});
