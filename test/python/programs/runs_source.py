"""Registers a run's model by the URI of the run alone, and loads it. First argument: the tracking server."""

import json
import sys

import mlflow
import numpy as np
from mlflow import MlflowClient
from sklearn.linear_model import LinearRegression

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
named = {"name": "model"} if int(mlflow.__version__.split(".")[0]) >= 3 else {"artifact_path": "model"}
x = np.arange(6.0).reshape(3, 2)
with mlflow.start_run() as run:
    model = LinearRegression().fit(x, [1.0, 2.0, 3.0])
    mlflow.sklearn.log_model(model, **named)
client.create_registered_model("by run")
version = client.create_model_version("by run", f"runs:/{run.info.run_id}/model", run.info.run_id)
loaded = mlflow.pyfunc.load_model(f"models:/by run/{version.version}")
print(json.dumps(bool(np.allclose(loaded.predict(x), model.predict(x)))))
