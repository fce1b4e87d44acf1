"""Prints the method and path of every endpoint that MLflow's tracking server has."""

import json

from mlflow.server import app

print(
    json.dumps(
        sorted(
            [method, str(rule)] for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
        )
    )
)
