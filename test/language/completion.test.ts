import { describe, expect, test } from 'vitest';
import { complete } from '../../src/language/completion/complete.ts';
import { atCursor, projectOf } from './cursor.ts';

function labels(marked: string): string[] {
  const { document, offset } = atCursor(marked);
  return complete(projectOf(document), offset).map(({ label }) => label);
}

describe('keys', () => {
  test('of the file, without those that are there', () => {
    const offered = labels('name: x\n|\nentry_points:\n  main:\n    command: x\n');
    expect(offered).toContain('python_env');
    expect(offered).not.toContain('name');
    expect(offered).not.toContain('entry_points');
  });

  test('of an entry point', () => {
    expect(labels('entry_points:\n  main:\n    |\n')).toEqual(['parameters', 'command']);
    expect(labels('entry_points:\n  main:\n    command: x\n    |\n')).toEqual(['parameters']);
  });

  test('of a parameter, in lines and inside of braces', () => {
    expect(labels('entry_points:\n  main:\n    parameters:\n      a:\n        |\n')).toEqual([
      'type',
      'default',
      'description',
    ]);
    expect(labels('entry_points:\n  main:\n    parameters:\n      a: {type: float, |}\n')).toContain('default');
  });

  test('of a Docker environment', () => {
    expect(labels('docker_env:\n  |\n')).toEqual(['image', 'volumes', 'environment']);
  });

  test('a whole entry point where one can stand', () => {
    const { document, offset } = atCursor('entry_points:\n  |\n');
    expect(complete(projectOf(document), offset)[0]?.insertText).toContain('command:');
  });
});

describe('values', () => {
  test('the types of a parameter, in its long and its short form', () => {
    const types = ['string', 'float', 'path', 'uri', 'int', 'bool'];
    expect(labels('entry_points:\n  main:\n    parameters:\n      a: {type: |}\n')).toEqual(types);
    expect(labels('entry_points:\n  main:\n    parameters:\n      a:\n        type: |\n')).toEqual(types);
    expect(labels('entry_points:\n  main:\n    parameters:\n      a: |\n')).toEqual(types);
  });

  test('the usual environment file', () => {
    expect(labels('python_env: |\n')).toEqual(['python_env.yaml']);
  });
});

describe('placeholders', () => {
  const project = (command: string) =>
    `entry_points:\n  main:\n    parameters: {lr: {type: float, default: 0.1}, n: float}\n    command: ${command}\n  other:\n    parameters: {x: float}\n    command: y {x}\n`;

  test('the parameters of this entry point, after a brace', () => {
    expect(labels(project('"python train.py {|"'))).toEqual(['lr', 'n']);
    expect(labels(project('|\n      python train.py {|').replace('|', '>'))).toEqual(['lr', 'n']);
  });

  test('nothing elsewhere in a command', () => {
    expect(labels(project('"python |"'))).toEqual([]);
  });

  test('the closing brace is added where it is missing', () => {
    const insert = (marked: string) => {
      const { document, offset } = atCursor(marked);
      return complete(projectOf(document), offset)[0]?.insertText;
    };
    expect(insert(project('"x {|"'))).toBe('lr}');
    expect(insert(project('"x {|}"'))).toBe('lr');
  });
});
