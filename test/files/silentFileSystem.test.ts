import fs from 'node:fs';
import os from 'node:os';
import { describe, expect, test } from 'vitest';
import { describeFileSystem, silentFileSystem } from '../../src/files/silentFileSystem.ts';

describe('file systems that do not tell of changes', () => {
  // As `stat -f` names and numbers them on Linux.
  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0x01021997, '9p'],
    [0x53464846, 'WSL'],
    [0x65735546, 'FUSE'],
    [0x0bd00bd0, 'Lustre'],
    [0x786f4256, 'VirtualBox'],
  ])('%i is %s', (type, name) => {
    expect(describeFileSystem(type)).toContain(name);
    // Where 32 bits are read as a signed number.
    expect(describeFileSystem(type | 0)).toContain(name);
  });

  test.each([
    [0xef53, 'ext4'],
    [0x58465342, 'XFS'],
    [0x9123683e, 'Btrfs'],
    [0x01021994, 'tmpfs'],
    [0x794c7630, 'overlay'],
  ])('%i, %s, is none of them', (type) => {
    expect(describeFileSystem(type)).toBeUndefined();
  });

  test('the folder of temporary files is not on one, as far as the system can say', () => {
    const isKnown = process.platform === 'linux' && describeFileSystem(fs.statfsSync(os.tmpdir()).type) !== undefined;
    expect(silentFileSystem(os.tmpdir()) !== undefined).toBe(isKnown);
  });

  test('a path to another Windows machine is', () => {
    expect(silentFileSystem('\\\\host\\share\\mlruns', 'win32')).toContain('network');
    expect(silentFileSystem('C:\\mlruns', 'win32')).toBeUndefined();
  });
});
