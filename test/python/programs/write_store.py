"""Writes a run straight into a file store with MLflow's own store classes. First argument: the store's folder."""

import json
import sys

import mlflow
import numpy as np
from mlflow import MlflowClient
from sklearn.linear_model import Ridge

major = int(mlflow.__version__.split(".")[0])
mlflow.set_tracking_uri(f"file://{sys.argv[1]}")
experiment = mlflow.set_experiment("written by Python")
with mlflow.start_run(run_name="direct") as run:
    mlflow.log_param("alpha", "1e5")
    for step in range(10):
        mlflow.log_metric("loss", 10.0 - step, step=step)
    mlflow.log_metric("val/nan", float("nan"))
    mlflow.set_tag("owner", "ömer")
    mlflow.log_text("hello", "notes/a.txt")
    mlflow.log_input(mlflow.data.from_numpy(np.arange(4.0), name="tiny"), context="training")
    named = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    info = mlflow.sklearn.log_model(Ridge().fit([[0.0], [1.0]], [0.0, 1.0]), **named)
version = mlflow.register_model(info.model_uri, "direct model")
MlflowClient().set_registered_model_alias("direct model", "champion", version.version)
print(json.dumps({"experiment_id": experiment.experiment_id, "run_id": run.info.run_id}))
