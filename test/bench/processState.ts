import fs from 'node:fs';

/** Of a process on Linux: its memory that is not swapped out, in MB. @throws elsewhere */
export function residentMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** ms that all threads of a process have run so far. @throws where there is no Linux */
export function cpuTime(pid: number): number {
  const threads = fs.readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) => {
    return Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  });
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** How many files and folders a process has the system watch. @throws where there is no Linux */
export function countWatches(pid: number): number {
  return fs.readdirSync(`/proc/${pid}/fdinfo`).reduce((count, file) => {
    const lines = readIfOpen(`/proc/${pid}/fdinfo/${file}`).split('\n');
    return count + lines.filter((line) => line.startsWith('inotify wd:')).length;
  }, 0);
}

/** Empty where the process has closed it meanwhile. */
function readIfOpen(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
