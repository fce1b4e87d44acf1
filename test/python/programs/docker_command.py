"""Prints the `docker run` commands that MLflow builds, one list of words per case."""

import json
import sys
from types import SimpleNamespace

import mlflow
from mlflow.projects.backend.local import _get_docker_command

commands = []
for case in json.loads(sys.argv[1]):
    mlflow.set_tracking_uri(case["tracking_uri"])
    info = SimpleNamespace(run_id=case["run_id"], experiment_id=case["experiment_id"], artifact_uri=case["artifact_uri"])
    commands.append(
        _get_docker_command(
            image=SimpleNamespace(tags=[case["image"]]),
            active_run=SimpleNamespace(info=info),
            docker_args=case["docker_args"],
            volumes=case["volumes"],
            user_env_vars=case["environment"],
        )
    )
print(json.dumps(commands))
