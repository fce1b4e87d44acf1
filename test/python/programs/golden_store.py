"""Fills a file store with one of everything, by MLflow's own stores. First argument: the store's URI or path."""

import os
import sys
import urllib.parse

import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from sklearn.linear_model import LinearRegression

root, major = sys.argv[1], int(mlflow.__version__.split(".")[0])
folder = urllib.parse.unquote(urllib.parse.urlparse(root).path) if "://" in root else root
mlflow.set_tracking_uri(root)
client = MlflowClient()
TRICKY = ["1e5", "0o17", "null", "~", "2024-01-01", "yes", "a\nb", "😀", " blanks ", "", "'quoted' \"twice\"", "\u0085\u2028", "# no"]

# Experiments: tagged, renamed, deleted, elsewhere, and one of the time when ids were small.
first = client.create_experiment("first – größe", tags={"team": "blue", "a/b": "nested"})
client.rename_experiment(client.create_experiment("before"), "after")
client.create_experiment("elsewhere", artifact_location="s3://bucket/elsewhere")
gone = client.create_experiment("gone")
os.makedirs(os.path.join(folder, "7"))
with open(os.path.join(folder, "7", "meta.yaml"), "w", encoding="utf-8") as file:
    file.write(
        f"artifact_location: {root}/7\nexperiment_id: 7\nlifecycle_stage: active\nname: of old\n"
        "creation_time: null\nlast_update_time: null\n"
    )

# Runs of every status, with everything that a run can have.
for at, status in enumerate(["RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED"]):
    run = client.create_run(first, start_time=1_000 + at, run_name=f"run {status}", tags={"tricky": TRICKY[at]})
    client.log_batch(
        run.info.run_id,
        metrics=[Metric("loss", 1 / (step + 1), 1_000 + step, step) for step in range(5)]
        + [Metric("deep/er/acc", value, 5, -1) for value in (float("nan"), 0.1)]
        + [Metric("large", value, 2**53 + 1, 2**62) for value in (1e300, float("inf"), -0.0)],
        params=[Param(f"tricky {place}", text) for place, text in enumerate(TRICKY) if text],
        tags=[RunTag(f"tag/{place}", text) for place, text in enumerate(TRICKY)],
    )
    client.set_terminated(run.info.run_id, status, end_time=9_000 + at) if status != "RUNNING" else None
client.delete_run(run.info.run_id)
client.create_run("7", start_time=5, run_name="in the old one")
mlflow.set_experiment(experiment_id=gone)
with mlflow.start_run(run_name="of the deleted"):
    mlflow.log_metric("m", 1)
client.delete_experiment(gone)

# Models, datasets and nested runs as programs make them.
mlflow.set_experiment(experiment_id=first)
x = np.arange(6.0).reshape(3, 2)
with mlflow.start_run(run_name="parent") as parent:
    dataset = mlflow.data.from_numpy(x, name="tiny")
    mlflow.log_input(dataset, context="training", tags={"split": "a"} if major >= 3 else None)
    mlflow.log_metrics({"rmse": 0.5}, step=2)
    named = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    info = mlflow.sklearn.log_model(LinearRegression().fit(x, [1.0, 2.0, 3.0]), **named)
    if major >= 3:
        # A line of five fields, of which MLflow loses the step when it reads it.
        mlflow.log_metric("by dataset", 0.25, step=0, dataset=dataset, model_id=info.model_id)
        mlflow.set_logged_model_tags(info.model_id, {"quality": "high"})
        spare = mlflow.initialize_logged_model(name="spare", params={"p": "1"})
        mlflow.finalize_logged_model(spare.model_id, "FAILED")
        client.delete_logged_model(mlflow.initialize_logged_model(name="unwanted").model_id)
    with mlflow.start_run(run_name="child", nested=True):
        mlflow.log_text("hello", "notes/a.txt")

# The registry.
client.create_registered_model("golden model", tags={"k": "v", "tricky": "1e5"}, description="two\nlines")
for stage in ["None", "Staging", "Production", "Archived"]:
    version = client.create_model_version("golden model", info.model_uri, parent.info.run_id, tags={"stage": stage})
    if stage != "None":
        client.transition_model_version_stage("golden model", version.version, stage)
client.set_registered_model_alias("golden model", "champion", "2")
client.set_registered_model_alias("golden model", "Chall-enger_1", "3")
client.delete_model_version("golden model", "4")
client.create_registered_model("empty größe")
prompts = mlflow.genai if major >= 3 else mlflow
prompts.register_prompt(name="greeting", template="Hello {{ name }}")


# Traces.
@mlflow.trace
def predict(value):
    if value == 2:
        raise ValueError("on purpose")
    return value + 1


for value in (1, 2):
    try:
        predict(value)
    except ValueError:
        pass
if major >= 3:
    mlflow.flush_trace_async_logging()
    for name in sorted(os.listdir(os.path.join(folder, first, "traces")))[:1]:
        good = mlflow.log_feedback(trace_id=name, name="good", value={"a": [1.5, None, "1e5"]}, rationale="it is")
        mlflow.override_feedback(trace_id=name, assessment_id=good.assessment_id, value=False)
        mlflow.log_expectation(trace_id=name, name="want", value=["x", {"y": 2}])
        client.set_trace_tag(name, "checked", "yes")
