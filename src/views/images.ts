import { previewKind } from './runDetails/artifacts.ts';

/** One picture, or one that was logged again and again. */
export interface ImageStrip {
  readonly key: string;
  /** In ascending order; none for a picture without steps. */
  readonly steps: readonly number[];
  /** Of each run, in the order of the runs: paths of artifacts, one a step (one alone without steps). */
  readonly paths: readonly (readonly (string | null)[])[];
}

/** A picture's name, and the step that it was logged at where it says so. */
export interface LoggedImage {
  readonly key: string;
  readonly step: number | undefined;
}

/**
 * What a file's name says. `mlflow.log_image(key=, step=)` writes `images/KEY%step%STEP%timestamp%MS%UUID.png` and a small
 * copy of it; MLflow 3 has `+` instead of `%`, and a slash of the key is `#` or `~`. Other programs write `step`, `epoch` or
 * `iter` with a number behind it.
 * @returns `undefined` for what is no picture, or the small copy of one
 */
export function loggedImage(path: string): LoggedImage | undefined {
  if (previewKind(path).kind !== 'image') return undefined;
  const logged = /^images\/(.+?)([%+])step\2(-?\d+)\2timestamp\2\d+\2[^%+]+([%+]compressed)?\.\w+$/.exec(path);
  if (logged?.[4] !== undefined) return undefined;
  if (logged) return { key: (logged[1] ?? '').replaceAll(/[#~]/g, '/'), step: Number(logged[3]) };
  const numbered = /^((?:.*\/)?)(.*?)([_\-. ]?)(step|epoch|iter|iteration)[_\-= ]?(\d{1,15})(\.\w+)$/i.exec(path);
  const [, folder = '', stem = '', separator, word = '', step, extension = ''] = numbered ?? [];
  const isWord = stem === '' || separator !== '';
  if (step === undefined || !isWord) return { key: path, step: undefined };
  return { key: `${folder}${stem || word}${extension}`, step: Number(step) };
}

/** The pictures of several runs side by side, by name. @param paths of each run's artifacts, in the order of the runs */
export function imageStrips(paths: readonly (readonly string[])[]): readonly ImageStrip[] {
  const strips = new Map<string, { steps: Set<number>; byRun: Map<number | undefined, string>[] }>();
  for (const [at, files] of paths.entries()) {
    // The latest of those that were logged twice at a step: their names have the time in them.
    for (const path of files.toSorted()) {
      const image = loggedImage(path);
      if (!image) continue;
      const strip = strips.get(image.key) ?? { steps: new Set(), byRun: paths.map(() => new Map()) };
      if (image.step !== undefined) strip.steps.add(image.step);
      strip.byRun[at]?.set(image.step, path);
      strips.set(image.key, strip);
    }
  }
  return [...strips]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { steps, byRun }]) => {
      const sorted = [...steps].sort((a, b) => a - b);
      const places = sorted.length > 0 ? sorted : [undefined];
      return { key, steps: sorted, paths: byRun.map((own) => places.map((step) => own.get(step) ?? null)) };
    });
}
