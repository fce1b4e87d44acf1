"""Writes to a file store, one thing after the other with pauses, and prints what it did when, in ms since the epoch."""

import json
import sys
import time

import mlflow
from mlflow import MlflowClient

root, pause = sys.argv[1], float(sys.argv[2])
client = MlflowClient(tracking_uri=f"file://{root}")
done = []


def step(what, experiment_id=None, run_id=None):
    done.append({"what": what, "experiment": experiment_id, "run": run_id, "at": int(time.time() * 1000)})
    time.sleep(pause)


# The first call loads half of MLflow, which is not what is measured.
client.search_experiments()
old = client.search_runs(["1"], order_by=["attributes.start_time"], max_results=1)[0].info.run_id
experiment = client.create_experiment("from python")
step("experiment made", experiment)
run = client.create_run(experiment).info.run_id
step("run made", experiment, run)
for number in range(3):
    client.log_metric(run, "loss", 1 / (number + 1), step=number)
    step("metric logged", experiment, run)
client.log_param(run, "alpha", "0.5")
step("param logged", experiment, run)
client.set_terminated(run)
step("run ended", experiment, run)
client.set_tag(run, "note", "fine")
step("tag of an ended run set", experiment, run)
client.update_run(run, name="renamed")
step("run renamed", experiment, run)
client.update_run(old, name="renamed, too")
step("old run renamed", "1", old)
client.delete_run(old)
step("old run deleted", "1", old)
client.restore_run(old)
step("old run restored", "1", old)
client.rename_experiment(experiment, "still from python")
step("experiment renamed", experiment)
client.delete_experiment(experiment)
step("experiment deleted", experiment)
client.restore_experiment(experiment)
step("experiment restored", experiment)
print(json.dumps(done))
