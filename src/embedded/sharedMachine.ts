import os from 'node:os';
import path from 'node:path';
import { readFolder, readText, stat } from '../files/read.ts';

/** What tells whose machine this is. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Folder that all of its files lie in: `/`. */
  readonly root: string;
  /** Of the user that we are; there is none on Windows. */
  readonly uid: number | undefined;
  /** Folder of the user that we are; its name is known on Windows. */
  readonly home: string;
}

/**
 * Whether other people use this machine: whoever does can connect to every port of it. Looks for accounts that one can
 * log in with, for folders of users, and for what other users run now. Where that cannot be found out, it is shared.
 */
export function isMachineShared(machine: Machine = thisMachine()): boolean {
  try {
    return machine.platform === 'win32' ? hasOtherProfiles(machine) : hasOtherUsers(machine);
  } catch {
    return true;
  }
}

function thisMachine(): Machine {
  const { platform } = process;
  const root = platform === 'win32' ? `${process.env.SystemDrive ?? 'C:'}\\` : '/';
  return { platform, root, uid: process.getuid?.(), home: os.homedir() };
}

/** Systems give lower ids to their services, this one to nobody, and others above the last to what runs in containers. */
const FIRST_UID = { darwin: 501, others: 1_000 };
const LAST_UID = 60_000;
const NOBODY = 65_534;

function hasOtherUsers({ platform, root, uid }: Machine): boolean {
  const first = platform === 'darwin' ? FIRST_UID.darwin : FIRST_UID.others;
  const isOther = (id: number | undefined) => id !== undefined && id >= first && id !== NOBODY && id !== uid;
  // One after the other: the first one tells, and homes may be on another machine.
  const isOthersBelow = (folder: string, last = Infinity) =>
    readFolder(path.join(root, folder)).some(({ name }) => {
      const owner = stat(path.join(root, folder, name))?.uid;
      return isOther(owner) && Number(owner) <= last;
    });
  // Linux tells who is logged in, and whose each process is.
  if (isOthersBelow('run/user') || isOthersBelow('proc', LAST_UID)) return true;
  // A container has the accounts of its image, which nobody uses, and ports of its own.
  if (stat(path.join(root, '.dockerenv')) || stat(path.join(root, 'run/.containerenv'))) return false;
  return (
    isOthersBelow(platform === 'darwin' ? 'Users' : 'home') ||
    loginIds(readText(path.join(root, 'etc/passwd')) ?? '').some(isOther)
  );
}

/** The ids of the accounts that have a shell. */
function loginIds(passwd: string): number[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, , , , shell = ''] = line.split(':');
    return name && uid && !/(?:nologin|false|sync)$/.test(shell) ? [Number(uid)] : [];
  });
}

/** Folders beside the users' own that Windows makes itself. */
const NO_PROFILES = /^(?:all users|default(?: user|user\d+)?|public|desktop\.ini|.*apppool|\.net .*)$/i;

function hasOtherProfiles({ root, home }: Machine): boolean {
  const own = home.split(/[\\/]/).at(-1)?.toLowerCase();
  return readFolder(path.join(root, 'Users')).some(({ name }) => !NO_PROFILES.test(name) && name.toLowerCase() !== own);
}
