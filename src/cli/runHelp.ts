export const RUN_HELP = `Usage: mlflow-workbench run [OPTIONS] URI

  Runs an entry point of an MLflow project, as \`mlflow run\` does. URI is a folder, a ZIP file or a git repository
  (https, ssh, git@ or file:), with #folder behind it where the project is not at its top. MLFLOW_TRACKING_URI names
  the server that records the run.

  -e, --entry-point NAME        entry point, or a script of the project (default: main)
  -v, --version VERSION         branch, tag or commit of a git project
  -P, --param-list NAME=VALUE   a parameter; can be given more than once. What the entry point does not declare is
                                passed to the command as --NAME VALUE
  --experiment-name NAME        experiment of the run, made where it is missing (MLFLOW_EXPERIMENT_NAME)
  --experiment-id ID            experiment of the run (MLFLOW_EXPERIMENT_ID)
  --run-name NAME               name of the run
  --run-id ID                   continue this run instead of making one
  --env-manager NAME            local, virtualenv, uv or conda (default: what the project asks for: conda for a
                                conda.yaml where there is one, else uv where it is installed, else virtualenv)
  --storage-dir DIR             where remote values of path parameters are downloaded to (MLFLOW_TMP_DIR)
  --log-output                  keep what the command prints as the artifact output.log of the run
  -A, --docker-args NAME=VALUE  option of \`docker run\`, or NAME for a flag; can be given more than once
  --build-image                 build a Docker image with the project in it
  -b, --backend NAME            local, kubernetes or databricks; the latter are MLflow's own, which has to be
                                installed for Python (default: local)
  -c, --backend-config FILE     *.json file, or JSON, that such a backend is configured with
  --help                        show this

  Exit code: 0 where the command has succeeded, 1 where not, 2 for a wrong call, 130 where it was stopped.
`;
