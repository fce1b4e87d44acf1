import { expect, test } from 'vitest';
import { ToolOutput } from '../../../src/runner/environment/toolOutput.ts';

test.each([
  [
    'pip',
    'Collecting nope\n  Downloading x\nERROR: Could not find a version that satisfies the requirement nope\nERROR: No matching distribution\n',
    'ERROR: Could not find a version that satisfies the requirement nope',
  ],
  [
    'uv',
    'Resolving\n\u001b[31m  × No solution found when resolving dependencies:\n  ╰─▶ Because',
    '× No solution found when resolving dependencies: ╰─▶ Because',
  ],
  ['conda', 'Solving environment: failed\n\nResolvePackageNotFound: \n  - nope\n', 'ResolvePackageNotFound: - nope'],
  ['git', "Cloning\nfatal: repository 'x' not found\n", "fatal: repository 'x' not found"],
  [
    'docker',
    'Error response from daemon: pull access denied for x\n',
    'Error response from daemon: pull access denied for x',
  ],
  ['any other', 'one\ntwo\n\n', 'two'],
  ['a silent one', '', 'It said nothing.'],
])('the line that tells what is wrong with %s', (_, said, expected) => {
  const output = new ToolOutput();
  for (const chunk of said.match(/.{1,7}/gs) ?? []) output.add(chunk);
  expect(output.failure()).toBe(expected);
});
