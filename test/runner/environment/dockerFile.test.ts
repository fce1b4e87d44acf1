import { describe, expect, test } from 'vitest';
import { readDockerSpec } from '../../../src/runner/environment/dockerFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

function read(text: string) {
  using folder = temporaryFolder();
  folder.write('MLproject', text);
  return readDockerSpec(folder.path);
}

test('image, volumes and variables', () => {
  const text = `name: wine
docker_env:
  image: python:3.12
  volumes: ["$PWD/data:/data", "/a:/b:ro"]
  environment: [HOME, [EPOCHS, 3], [LR, "0.1"]]
`;
  expect(read(text)).toEqual({
    name: 'wine',
    image: 'python:3.12',
    volumes: ['$PWD/data:/data', '/a:/b:ro'],
    environment: [
      ['HOME', undefined],
      ['EPOCHS', '3'],
      ['LR', '0.1'],
    ],
  });
  expect(read('name: x\ndocker_env: {image: y, volumes: }\n')).toMatchObject({ volumes: [], environment: [] });
});

describe('MLflow refuses', () => {
  test.each([
    ['name: x\ndocker_env: {volumes: []}', 'Docker environment specified but no image attribute found.'],
    ['docker_env: {image: y}', 'Project name in MLProject must be specified when using docker for image tagging.'],
    ['name: x\ndocker_env: {image: y, volumes: "a:b"}', 'Docker volumes must be a list of strings'],
    ['name: x\ndocker_env: {image: y, volumes: [1]}', 'Docker volumes must be a list of strings'],
    ['name: x\ndocker_env: {image: y, environment: {A: 1}}', 'environment must be a list'],
    ['name: x\ndocker_env: {image: y, environment: [{A: 1}]}', 'environment must be a list'],
    ['name: x\ndocker_env: {image: y, environment: [[A]]}', 'environment must be a list'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
