import type { Run } from '../../entities/run.ts';
import type { ArtifactFacts, ComparisonCell, ComparisonSection, FactsByRun, RowChoice } from './comparison.ts';
import { parseConda, parsePythonVersion, parseRequirements } from './requirements.ts';
import { keysOf, makeSection, withRowDiffs } from './section.ts';

/** Files that tell what a run needs, as MLflow writes them beside a model and a run may log them. */
const FILES = ['requirements.txt', 'conda.yaml', 'python_env.yaml'] as const;
const [PYTHON, DOCKER] = ['python', 'Docker image'];

interface Environment {
  /** File name → its path among the artifacts and what is known of it. */
  readonly files: ReadonlyMap<string, { readonly path: string; readonly facts: ArtifactFacts }>;
  readonly packages: ReadonlyMap<string, string>;
}

export function isEnvironmentFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return FILES.some((file) => file === name);
}

/** What the runs needed: files that are the same or not, and the versions of all packages side by side. */
export function environmentSection(
  runs: readonly Run[],
  baseline: Run | undefined,
  facts: FactsByRun,
  choice: RowChoice,
): ComparisonSection {
  const environments = new Map(runs.map((run) => [run, environmentOf(run, facts)]));
  const of = (run: Run) => environments.get(run);
  const base = baseline && of(baseline);
  const packages = keysOf(runs, (run) => of(run)?.packages.keys() ?? []);
  const isFile = (key: string) => FILES.some((file) => file === key);
  const section = makeSection(
    'Environment',
    runs,
    [...FILES, DOCKER, ...packages],
    {
      value(run, key) {
        if (key === DOCKER) return run.data.tags.get('mlflow.docker.image.uri');
        if (!isFile(key)) return of(run)?.packages.get(key);
        const file = of(run)?.files.get(key)?.facts;
        return file && (file.text ?? file.digest ?? String(file.size));
      },
      cell(run, key) {
        if (key === DOCKER) return { text: run.data.tags.get('mlflow.docker.image.uri') };
        if (!isFile(key)) return { text: of(run)?.packages.get(key) };
        const file = of(run)?.files.get(key);
        if (!file) return { text: undefined };
        const isSame = run !== baseline && base?.files.get(key)?.facts.text === file.facts.text;
        return { text: isSame ? '= same' : file.path, full: file.path };
      },
    },
    choice,
  );
  if (section.count === 0) return section;
  const withDiffs = withRowDiffs(section, ({ key }) => {
    const paths = new Set(runs.map((run) => of(run)?.files.get(key)?.path));
    const [path] = paths;
    return path !== undefined && paths.size === 1 ? { kind: 'artifact', path } : undefined;
  });
  const summary = runs.map(
    (run): ComparisonCell => ({ text: summaryOf(of(run), run === baseline ? undefined : base) }),
  );
  return { ...withDiffs, summary };
}

function environmentOf(run: Run, facts: FactsByRun): Environment {
  const artifacts = [...(facts.get(run.info.runId)?.artifacts ?? [])];
  const files = new Map<string, { readonly path: string; readonly facts: ArtifactFacts }>(
    FILES.flatMap((name) => {
      // The one that is nearest to the root stands for the run.
      const own = artifacts.filter(([path]) => path === name || path.endsWith(`/${name}`));
      const [nearest] = own.sort(([a], [b]) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
      return nearest ? [[name, { path: nearest[0], facts: nearest[1] }] as const] : [];
    }),
  );
  const text = (name: string) => files.get(name)?.facts.text;
  const python = parsePythonVersion(text('python_env.yaml') ?? '');
  const packages = new Map([
    ...parseConda(text('conda.yaml') ?? ''),
    ...parseRequirements(text('requirements.txt') ?? ''),
    ...(python === undefined ? [] : [[PYTHON, python] as const]),
  ]);
  return { files, packages };
}

/** @param base what it is compared with; none for the baseline itself */
function summaryOf(own: Environment | undefined, base: Environment | undefined): string | undefined {
  if (!own || own.packages.size === 0) return undefined;
  if (!base) return counted(own.packages.size, '');
  const names = new Set([...own.packages.keys(), ...base.packages.keys()]);
  const differing = [...names].filter((name) => own.packages.get(name) !== base.packages.get(name)).length;
  return differing === 0 ? '= same' : counted(differing, differing === 1 ? ' differs' : ' differ');
}

function counted(count: number, verb: string): string {
  return `${count} ${count === 1 ? 'package' : 'packages'}${verb}`;
}
