import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isMachineShared, type Machine } from '../../src/embedded/sharedMachine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

let machine: TemporaryFolder;
beforeEach(() => {
  machine = temporaryFolder();
});
afterEach(() => machine[Symbol.dispose]());

const OWN = process.getuid?.() ?? 0;
/** Files of others can be made by root alone; anybody else is the other one. */
const [US, THEM] = OWN === 0 ? [1_000, 1_234] : [OWN + 1, OWN];
const linux = (uid = US): boolean => shared({ platform: 'linux', uid });
const shared = (more: Partial<Machine>): boolean =>
  isMachineShared({ platform: 'linux', root: machine.path, uid: US, home: '/home/us', ...more });

function makeFolder(name: string, owner: number): void {
  fs.mkdirSync(machine.join(name), { recursive: true });
  if (OWN === 0) fs.chownSync(machine.join(name), owner, owner);
}

describe.runIf(process.platform !== 'win32')('on Linux and macOS', () => {
  test('nobody else is nobody else', () => {
    machine.write('etc/passwd', `root:x:0:0:root:/root:/bin/bash\nus:x:${US}:${US}::/home/us:/bin/zsh\n`);
    expect(linux()).toBe(false);
  });

  test.each([
    ['a person', 'them:x:1717:1717::/home/them:/bin/bash', true],
    ['a person without a last field', 'them:x:1717:1717::/home/them:', true],
    ['who cannot log in', 'nixbld1:x:30001:30000::/var/empty:/sbin/nologin', false],
    ['who may do nothing', 'app:x:1717:1717::/:/bin/false', false],
    ['a service', 'postgres:x:101:101::/var/lib/postgresql:/bin/bash', false],
    ['nobody', 'nobody:x:65534:65534:nobody:/nonexistent:/bin/sh', false],
    ['a line that is none', '+::::::', false],
  ])('an account of %s counts: %s', (_, line, isShared) => {
    machine.write('etc/passwd', `us:x:${US}:${US}::/home/us:/bin/zsh\n${line}\n`);
    expect(linux()).toBe(isShared);
  });

  test.each(['home/them', 'run/user/them', 'proc/4711'])('%s of another user tells', (name) => {
    makeFolder(name, THEM);
    expect(linux()).toBe(true);
    expect(linux(THEM)).toBe(false);
  });

  test('people on a Mac have folders in Users', () => {
    makeFolder('Users/them', THEM);
    expect(shared({ platform: 'darwin' })).toBe(true);
    expect(linux()).toBe(false);
  });

  test('a container’s accounts are its image’s, its processes are not', () => {
    machine.write('.dockerenv', '');
    machine.write('etc/passwd', 'ubuntu:x:1717:1717::/home/ubuntu:/bin/bash\n');
    makeFolder('home/them', THEM);
    expect(linux()).toBe(false);
    makeFolder('proc/4711', THEM);
    expect(linux()).toBe(true);
  });

  test('what cannot be read may be others’', () => {
    fs.mkdirSync(machine.join('etc/passwd'), { recursive: true });
    expect(linux()).toBe(false);
    fs.rmdirSync(machine.join('etc/passwd'));
    fs.symlinkSync('/proc/self/mem', machine.join('etc/passwd'));
    if (process.platform === 'linux') expect(linux()).toBe(true);
  });
});

describe('on Windows', () => {
  const windows = () => shared({ platform: 'win32', uid: undefined, home: 'C:\\Users\\Us' });

  test('the system’s own folders are nobody', () => {
    for (const name of ['us', 'Public', 'Default', 'Default User', 'All Users', 'DefaultAppPool', '.NET v4.5']) {
      fs.mkdirSync(machine.join('Users', name), { recursive: true });
    }
    expect(windows()).toBe(false);
  });

  test('another folder is another user', () => {
    fs.mkdirSync(machine.join('Users', 'them'), { recursive: true });
    expect(windows()).toBe(true);
  });
});

test('this machine is asked quickly', () => {
  const start = performance.now();
  expect(typeof isMachineShared()).toBe('boolean');
  expect(performance.now() - start).toBeLessThan(500);
});
