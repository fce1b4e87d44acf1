"""Reads a whole file store again and again until a file says that it is enough. Arguments: the store's folder, that file.
Prints how often, and the errors that MLflow met."""

import json
import logging
import os
import sys
import traceback

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

logging.disable(logging.CRITICAL)
mlflow.set_tracking_uri(f"file://{sys.argv[1]}")
client = MlflowClient()
rounds, errors = 0, []
while not os.path.exists(sys.argv[2]):
    try:
        experiments = client.search_experiments(ViewType.ALL)
        runs = client.search_runs([e.experiment_id for e in experiments], run_view_type=ViewType.ALL)
        for run in runs[:3]:
            for key in run.data.metrics:
                client.get_metric_history(run.info.run_id, key)
        client.search_registered_models()
        client.search_model_versions()
    except Exception:
        errors.append(traceback.format_exc()[-1500:])
        if len(errors) > 5:
            break
    rounds += 1
print(json.dumps({"rounds": rounds, "errors": errors}))
