"""Logs points to a run with MLflow's own file store. Arguments: the store's folder, run id, number of the writer, points."""

import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

mlflow.set_tracking_uri(f"file://{sys.argv[1]}")
client = MlflowClient()
run_id, writer, count = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
first = writer * 1_000_000
for step in range(first, first + count // 2):
    client.log_metric(run_id, "shared", step / 7, timestamp=step, step=step)
for start in range(first + count // 2, first + count, 200):
    steps = range(start, min(start + 200, first + count))
    client.log_batch(run_id, metrics=[Metric("shared", step / 7, step, step) for step in steps])
client.set_tag(run_id, f"writer{writer}", "done")
print(count)
