"""Logs a run with an artifact to a server that asks for a token. First argument: the tracking server.

The last line says what became of it: the run's values, or the error.
"""

import json
import sys

import mlflow
from mlflow import MlflowClient

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
try:
    mlflow.set_experiment("closed")
    with mlflow.start_run() as run:
        mlflow.log_param("p", 1)
        mlflow.log_metric("m", 0.5)
        mlflow.log_text("text", "a.txt")
    read = client.get_run(run.info.run_id)
    text = mlflow.artifacts.load_text(read.info.artifact_uri + "/a.txt")
    client.create_registered_model("closed")
    told = {"params": read.data.params, "metrics": read.data.metrics, "text": text}
except Exception as error:
    told = {"error": str(error)}
print(json.dumps(told))
