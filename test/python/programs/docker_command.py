"""Prints the `docker run` commands that MLflow builds, one list of words per case.

The SDKs of clouds are not installed: of their repositories MLflow looks at the class only, so that they need not be set up.
"""

import json
import sys
from types import SimpleNamespace

import mlflow
from mlflow.projects.backend import local

CLASSES = {
    "s3": local.S3ArtifactRepository,
    "gs": local.GCSArtifactRepository,
    "wasbs": local.AzureBlobArtifactRepository,
    "hdfs": local.HdfsArtifactRepository,
}
real_repository = local.get_artifact_repository


def repository(uri):
    cls = CLASSES.get(uri.split(":")[0])
    return cls.__new__(cls) if cls else real_repository(uri)


local.get_artifact_repository = repository

commands = []
for case in json.loads(sys.argv[1]):
    mlflow.set_tracking_uri(case["tracking_uri"])
    info = SimpleNamespace(run_id=case["run_id"], experiment_id=case["experiment_id"], artifact_uri=case["artifact_uri"])
    commands.append(
        local._get_docker_command(
            image=SimpleNamespace(tags=[case["image"]]),
            active_run=SimpleNamespace(info=info),
            docker_args=case["docker_args"],
            volumes=case["volumes"],
            user_env_vars=case["environment"],
        )
    )
print(json.dumps(commands))
