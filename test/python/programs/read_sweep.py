"""Prints a sweep as MLflow's client sees it: its parent, and its children by name."""

import json
import sys

import mlflow

experiment = mlflow.get_experiment_by_name(sys.argv[1])
runs = mlflow.MlflowClient().search_runs([experiment.experiment_id])


def describe(run):
    return {
        "name": run.info.run_name,
        "status": run.info.status,
        "params": run.data.params,
        "metrics": run.data.metrics,
        "parent": run.data.tags.get("mlflow.parentRunId"),
    }


children = [run for run in runs if "mlflow.parentRunId" in run.data.tags]
(parent,) = [run for run in runs if run not in children]
print(
    json.dumps(
        {
            "parentId": parent.info.run_id,
            "parent": describe(parent),
            "children": sorted(map(describe, children), key=lambda child: child["name"]),
        }
    )
)
