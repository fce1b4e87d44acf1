"""Reads a file store with MLflow's own store classes and prints what it sees. First argument: the store's folder."""

import json
import sys

import mlflow
from mlflow import MlflowClient

mlflow.set_tracking_uri(f"file://{sys.argv[1]}")
client = MlflowClient()
seen = {"experiments": {}, "models": {}}
for experiment in client.search_experiments():
    runs = {}
    for run in client.search_runs([experiment.experiment_id]):
        runs[run.info.run_id] = {
            "name": run.info.run_name,
            "status": run.info.status,
            "params": run.data.params,
            "metrics": {key: repr(value) for key, value in run.data.metrics.items()},
            "tags": {key: value for key, value in run.data.tags.items() if not key.startswith("mlflow.")},
            "datasets": [entry.dataset.name for entry in run.inputs.dataset_inputs],
            "history": {
                key: [[point.step, repr(point.value)] for point in client.get_metric_history(run.info.run_id, key)]
                for key in run.data.metrics
            },
            "artifacts": sorted(entry.path for entry in client.list_artifacts(run.info.run_id))
            if not run.info.artifact_uri.startswith("mlflow-artifacts:")
            else None,
        }
    seen["experiments"][experiment.name] = {"id": experiment.experiment_id, "tags": experiment.tags, "runs": runs}
for model in client.search_registered_models():
    versions = client.search_model_versions(f"name='{model.name}'")
    seen["models"][model.name] = {
        "description": model.description,
        "aliases": dict(model.aliases),
        "versions": {
            str(version.version): {
                "stage": version.current_stage,
                "run_id": version.run_id,
                "description": version.description,
                "tags": version.tags,
            }
            for version in versions
        },
    }
print(json.dumps(seen))
