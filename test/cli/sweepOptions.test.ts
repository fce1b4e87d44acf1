import { describe, expect, test } from 'vitest';
import { readSweepArguments } from '../../src/cli/sweepOptions.ts';

describe('the arguments of sweep', () => {
  test('become the runs, and what each of them is told', () => {
    const args = ['proj', '-e', 'train', '-P', 'lr=0.1,0.2', '-P', 'epochs=1..3', '-P', 'note="a, b"', '-j', '2'];
    const read = readSweepArguments([...args, '--env-manager', 'local', '-A', 'x=1', '-A', 'y', '--build-image']);
    expect(read).toMatchObject({ uri: 'proj', entryPoint: 'train', swept: ['lr', 'epochs'], jobs: 2 });
    expect(read.combinations).toHaveLength(6);
    expect(Object.fromEntries(read.combinations[5] ?? [])).toEqual({ lr: '0.2', epochs: '3', note: 'a, b' });
    expect(Object.fromEntries(read.texts)).toEqual({ lr: '0.1,0.2', epochs: '1..3', note: '"a, b"' });
    expect(read.handedOn).toEqual(['--env-manager=local', '--docker-args=x=1', '--docker-args=y', '--build-image']);
  });

  test('have defaults', () => {
    expect(readSweepArguments(['.'])).toMatchObject({ entryPoint: 'main', jobs: 1, handedOn: [] });
  });

  test.each([
    [[], 'One project is needed'],
    [['a', 'b'], 'One project is needed'],
    [['.', '-P', 'x'], "Invalid format for -P parameter: 'x'"],
    [['.', '-P', 'x=1', '-P', 'x=2'], "Repeated parameter: 'x'"],
    [['.', '-P', 'x=1,'], 'x: A value is missing'],
    [['.', '-P', 'x=1..200'], 'These are 200 runs: allow them with --max-runs 200'],
    [['.', '--jobs', '0'], '--jobs takes a whole number'],
    [['.', '--jobs', 'two'], '--jobs takes a whole number'],
    [['.', '--nope'], "Unknown option '--nope'"],
  ])('%j are refused', (args, message) => {
    expect(() => readSweepArguments(args)).toThrow(message);
  });

  test('more runs than usual can be allowed', () => {
    expect(readSweepArguments(['.', '-P', 'x=1..200', '--max-runs', '200']).combinations).toHaveLength(200);
  });
});
