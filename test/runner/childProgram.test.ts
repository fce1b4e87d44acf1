import { describe, expect, test } from 'vitest';
import { runChildProgram } from '../../src/runner/childProgram.ts';

async function run(script: string, signal = new AbortController().signal, environment = {}) {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const exit = await runChildProgram([process.execPath, '-e', script], { environment, say, signal });
  return { exit, lines };
}

describe('a program whose lines are told', () => {
  test('says what it prints, in lines, also the last one without an end', async () => {
    const { exit, lines } = await run('process.stdout.write("a\\nb\\r\\n\\nc"); process.exitCode = 3');
    expect(exit).toEqual({ code: 3, stopped: false });
    expect(lines).toEqual(['a', 'b', '', 'c']);
  });

  test('says of a line that it wrote over what it came to', async () => {
    expect((await run('process.stdout.write("1%\\r50%\\r100%\\n")')).lines).toEqual(['100%']);
  });

  test('puts characters together that came in pieces', async () => {
    const script =
      'const b = Buffer.from("é\\n"); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)';
    expect((await run(script)).lines).toEqual(['é']);
  });

  test('has the variables that it is given', async () => {
    expect((await run('console.log(process.env.SHADE)', undefined, { SHADE: 'red' })).lines).toEqual(['red']);
  });

  test.skipIf(process.platform === 'win32')('ends when it is stopped, in its own way', async () => {
    const abort = new AbortController();
    const script = 'process.on("SIGTERM", () => process.exit(7)); console.log("up"); setInterval(() => {}, 1000)';
    const lines: string[] = [];
    const say = (line: string) => {
      lines.push(line);
      abort.abort();
    };
    const options = { environment: {}, say, signal: abort.signal };
    expect(await runChildProgram([process.execPath, '-e', script], options)).toEqual({ code: 7, stopped: true });
    expect(lines).toEqual(['up']);
  });

  test('does not start when it is stopped already', async () => {
    expect((await run('console.log(1)', AbortSignal.abort())).lines).toEqual([]);
  });

  test('is an error where there is none', async () => {
    const options = { environment: {}, say: () => undefined, signal: new AbortController().signal };
    await expect(runChildProgram(['/nowhere/at/all'], options)).rejects.toThrow('ENOENT');
  });
});
