"""The MLflow lifecycle as a newcomer's tutorial does it, against the tracking server given as first argument."""

import json
import os
import sys
import tempfile

import matplotlib.pyplot as plt
import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.linear_model import Ridge

uri, major = sys.argv[1], int(mlflow.__version__.split(".")[0])
mlflow.set_tracking_uri(uri)
client = MlflowClient()

experiment = mlflow.set_experiment("my_first_experiment")
mlflow.set_experiment_tag("team", "blue")
x = np.arange(12.0).reshape(6, 2)
y = x @ np.array([2.0, -1.0]) + 3

with mlflow.start_run(run_name="first") as run:
    run_id = run.info.run_id
    mlflow.log_param("param1", 5)
    mlflow.log_params({"alpha": 0.5, "note": "naïve – 日本"})
    mlflow.log_metric("metric1", 0.85)
    for step in range(120):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"val/acc": 0.5, "nan": float("nan"), "inf": float("inf")}, step=3)
    mlflow.set_tag("stage", "dev")
    mlflow.set_tag("gone", "x")
    client.delete_tag(run_id, "gone")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "notes.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("hello")
        mlflow.log_artifact(path)
        mlflow.log_artifact(path, artifact_path="deep/er")
    mlflow.log_text("some text", "text/readme.txt")
    mlflow.log_dict({"a": 1}, "dict.json")
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    mlflow.log_figure(figure, "plots/line.png")
    dataset = mlflow.data.from_numpy(x, targets=y, name="tiny")
    mlflow.log_input(dataset, context="training")
    model = Ridge().fit(x, y)
    named = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    info = mlflow.sklearn.log_model(model, **named, signature=infer_signature(x, y), input_example=x[:2])
    with mlflow.start_run(run_name="child", nested=True) as child:
        mlflow.log_metric("loss", 2.0)

with mlflow.start_run(run_name="second") as second:
    mlflow.log_params({"alpha": "0.9"})
    mlflow.log_metric("loss", 0.25)

try:
    with mlflow.start_run(run_name="broken") as broken:
        raise ValueError("on purpose")
except ValueError:
    pass

found = mlflow.search_runs(
    experiment_names=["my_first_experiment"], filter_string="metrics.loss < 0.5 and params.alpha = '0.5'"
)
history = client.get_metric_history(run_id, "loss")

name = "RandomForestModel"
client.create_registered_model(name, description="made by the tutorial")
first_version = mlflow.register_model(f"runs:/{run_id}/model", name)
second_version = client.create_model_version(name, source=info.model_uri, run_id=run_id)
client.set_registered_model_alias(name, "champion", first_version.version)
client.set_model_version_tag(name, first_version.version, "checked", "yes")
client.transition_model_version_stage(name, first_version.version, "Staging")
client.update_model_version(name, first_version.version, description="the first")

predictions = {
    uri: mlflow.pyfunc.load_model(uri).predict(x).tolist()
    for uri in (
        f"models:/{name}/{first_version.version}",
        f"models:/{name}/{second_version.version}",
        f"models:/{name}@champion",
        f"models:/{name}/latest",
        f"runs:/{run_id}/model",
    )
}
expected = model.predict(x).tolist()
assert all(np.allclose(values, expected) for values in predictions.values()), predictions

client.delete_run(second.info.run_id)
deleted = client.get_run(second.info.run_id).info.lifecycle_stage
client.restore_run(second.info.run_id)

text = mlflow.artifacts.load_text(f"runs:/{run_id}/text/readme.txt")
downloaded = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="deep")

try:
    client.log_param(run_id, "alpha", "0.7")
    changed_param = "accepted"
except mlflow.exceptions.MlflowException as error:
    changed_param = error.error_code
try:
    client.get_run("0" * 32)
    unknown_run = "found"
except mlflow.exceptions.MlflowException as error:
    unknown_run = error.error_code

print(
    json.dumps(
        {
            "experiment_id": experiment.experiment_id,
            "run_id": run_id,
            "child_id": child.info.run_id,
            "found": found["run_id"].tolist(),
            "history": [[point.step, point.value] for point in history],
            "artifacts": sorted(entry.path for entry in client.list_artifacts(run_id)),
            "text": text,
            "downloaded": sorted(os.listdir(os.path.join(downloaded, "er"))),
            "deleted": deleted,
            "versions": [first_version.version, second_version.version],
            "changed_param": changed_param,
            "unknown_run": unknown_run,
            "broken": client.get_run(broken.info.run_id).info.status,
        }
    )
)
