"""Prints the name that MLflow gives to the image of a project."""

import json
import sys

from mlflow.projects.docker import _get_docker_image_uri

print(json.dumps(_get_docker_image_uri(repository_uri=sys.argv[1], work_dir=sys.argv[2])))
