import fs from 'node:fs';

/**
 * File systems whose changes by other machines (or by the other side of a virtual one) raise no events here, by the numbers
 * that Linux gives them (statfs(2), and `linux/magic.h`).
 */
const SILENT: ReadonlyMap<number, string> = new Map([
  [0x6969, 'on a network drive (NFS)'],
  [0x517b, 'on a network drive (SMB)'],
  [0xff534d42, 'on a network drive (CIFS)'],
  [0xfe534d42, 'on a network drive (SMB)'],
  [0x5346414f, 'on a network drive (AFS)'],
  [0x6b414653, 'on a network drive (AFS)'],
  [0x73757245, 'on a network drive (Coda)'],
  [0x00c36400, 'on a network drive (Ceph)'],
  [0x0bd00bd0, 'on a network drive (Lustre)'],
  [0x47504653, 'on a network drive (GPFS)'],
  [0x19830326, 'on a network drive (BeeGFS)'],
  [0x20030528, 'on a network drive (OrangeFS)'],
  [0x01161970, 'on a network drive (GFS2)'],
  [0x7461636f, 'on a network drive (OCFS2)'],
  [0x01021997, 'shared with another system (9p, as the Windows drives of WSL)'],
  [0x53464846, 'a Windows drive (WSL)'],
  [0x65735546, 'on a drive that a program provides (FUSE)'],
  [0x786f4256, 'a shared folder of a virtual machine (VirtualBox)'],
  [0xbacbacbc, 'a shared folder of a virtual machine (VMware)'],
]);

/** What a folder is on, where the system is known not to tell of changes there; `undefined` where it can be hoped to. */
export function silentFileSystem(folder: string, platform: NodeJS.Platform = process.platform): string | undefined {
  // Only Linux numbers its file systems like this.
  if (platform === 'win32') return /^[\\/]{2}/.test(folder) ? 'on a network drive' : undefined;
  return platform === 'linux' ? describeFileSystem(fs.statfsSync(folder).type) : undefined;
}

/** @param type as `statfs` has it, also with the sign that 32 bits give it. */
export function describeFileSystem(type: number): string | undefined {
  return SILENT.get(type >>> 0);
}
