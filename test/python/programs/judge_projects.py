"""What MLflow says of MLproject files: a JSON list of texts on standard input, a list of errors (or null) as the last line."""

import contextlib
import json
import os
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")

from mlflow.projects import _project_spec  # noqa: E402
from mlflow.projects.backend import local  # noqa: E402
from mlflow.projects.docker import validate_docker_env  # noqa: E402


class Image:
    tags = ["image"]
    id = "1"


class Info:
    artifact_uri = "http://localhost/artifacts"
    experiment_id = "0"
    run_id = "0"


class Run:
    info = Info


def value_of(parameter):
    return {"path": ".", "uri": "http://localhost/x"}.get(parameter.type, "1")


def run_all(folder):
    project = _project_spec.load_project(folder)
    if project.docker_env:
        validate_docker_env(project)
        environment = project.docker_env.get("environment")
        for variable in environment or []:
            if isinstance(variable, str):
                os.environ.setdefault(variable, "1")
        local._get_docker_command(Image, Run, None, project.docker_env.get("volumes"), environment)
    for entry_point in project._entry_points.values():
        given = {
            parameter.name: value_of(parameter)
            for parameter in entry_point.parameters.values()
            if parameter.type in ("path", "uri") or parameter.default is None
        }
        # What is typed on the command line is text.
        given = {str(name): value for name, value in given.items()}
        entry_point.compute_command(given, None)
        if not isinstance(entry_point.name, str):
            project.get_entry_point(str(entry_point.name))


def judge(text):
    with tempfile.TemporaryDirectory() as folder:
        for name in ("python_env.yaml", "conda.yaml"):
            with open(os.path.join(folder, name), "w") as file:
                file.write("{}")
        with open(os.path.join(folder, "MLproject"), "w", newline="") as file:
            file.write(text)
        try:
            with contextlib.chdir(folder) if hasattr(contextlib, "chdir") else contextlib.nullcontext():
                run_all(folder)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return None


print(json.dumps([judge(text) for text in json.load(open(sys.argv[1]))]))
