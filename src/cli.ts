import { UsageError } from './cli/usage.ts';
import { VERSION } from './cli/version.ts';

const HELP = `mlflow-workbench ${VERSION}: MLflow without a Python server

  mlflow-workbench server [options]    tracking server and model registry, kept in a folder
  mlflow-workbench ui [options]        the same with MLflow's own web UI
  mlflow-workbench run [options] URI   run an entry point of an MLflow project
  mlflow-workbench check [PATH…]       what is wrong with MLproject files
  mlflow-workbench sweep [options] URI run it once for each combination of values
  mlflow-workbench environments        list or remove the environments that runs have made

  --help       what a command can do
  --version    version of this program
`;

async function main([command, ...args]: readonly string[]): Promise<number> {
  const wantsHelp = args.includes('--help');
  switch (command) {
    case 'server':
    case 'ui': {
      const { serverCommand, SERVER_HELP } = await import('./cli/server.ts');
      return wantsHelp ? say(SERVER_HELP) : serverCommand(command === 'ui' ? ['--ui', 'auto', ...args] : args);
    }
    case 'run': {
      const { runCommand } = await import('./cli/run.ts');
      return runCommand(args);
    }
    case 'check': {
      const { CHECK_HELP, checkCommand } = await import('./cli/check.ts');
      return wantsHelp ? say(CHECK_HELP) : checkCommand(args);
    }
    case 'sweep': {
      const { sweepCommand, SWEEP_HELP } = await import('./cli/sweep.ts');
      return wantsHelp ? say(SWEEP_HELP) : sweepCommand(args);
    }
    case 'environments': {
      const { environmentsCommand, ENVIRONMENTS_HELP } = await import('./cli/environments.ts');
      return wantsHelp ? say(ENVIRONMENTS_HELP) : environmentsCommand(args);
    }
    case 'watch-run': {
      const { watchRunCommand } = await import('./cli/watchRun.ts');
      return watchRunCommand();
    }
    case '--version':
      return say(`${VERSION}\n`);
    case '--help':
      return say(HELP);
    default:
      throw new UsageError(command === undefined ? 'What shall it do?' : `There is no command '${command}'.`);
  }
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function fail(error: unknown): number {
  if (!(error instanceof UsageError)) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  console.error(`${error.message}\nTry: mlflow-workbench --help`);
  return 2;
}

main(process.argv.slice(2))
  .catch(fail)
  .then((code) => {
    process.exitCode = code;
  });
