"""Uses MLflow's client API widely against the tracking server given as first argument.

What it prints has no ids, times or folders in it: it is the same against any server that does the same.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.entities import Param, RunTag
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LinearRegression

uri, major = sys.argv[1], int(mlflow.__version__.split(".")[0])
os.environ["MLFLOW_TRACKING_URI"] = uri
mlflow.set_tracking_uri(uri)
client = MlflowClient()
seen = {}


def code_of(call):
    """How a call fails."""
    try:
        return repr(call())
    except MlflowException as error:
        return [error.error_code, re.sub(r"[0-9a-f]{32}", "<id>", str(error.message))]


experiment = mlflow.set_experiment("wide")
ids = [experiment.experiment_id]

# Artifacts of all kinds.
with mlflow.start_run(run_name="artifacts") as run:
    run_id = run.info.run_id
    mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), key="picture", step=2)
    mlflow.log_table({"question": ["a", "b"], "answer": [1, 2]}, "tables/first.json")
    mlflow.log_table({"question": ["c"], "answer": [3]}, "tables/first.json")
    mlflow.log_dict({"größe": [1, 2]}, "deep/er/values.json")
    mlflow.log_text("naïve", "text with blanks.txt")
    mlflow.log_params({f"p{at}": at for at in range(150)})
    mlflow.log_metrics({"a": 1.5, "b/c": float("-inf")}, step=7)
    mlflow.set_tags({"owner": "ömer", "empty": ""})
table = mlflow.load_table("tables/first.json", run_ids=[run_id])
seen["table"] = table.sort_values("answer").values.tolist()
seen["files"] = [[f.path, f.is_dir, f.file_size] for f in client.list_artifacts(run_id, "deep/er")]
seen["folders"] = sorted(f.path for f in client.list_artifacts(run_id))
seen["images"] = len(client.list_artifacts(run_id, "images"))
seen["dict"] = mlflow.artifacts.load_dict(f"runs:/{run_id}/deep/er/values.json")
seen["text"] = mlflow.artifacts.load_text(f"runs:/{run_id}/text with blanks.txt")
with tempfile.TemporaryDirectory() as folder:
    seen["downloaded"] = sorted(os.listdir(mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=folder)))
# A batch that keeps to all limits is larger than the 1 MB that MLflow's documents name.
large = client.create_run(ids[0]).info.run_id
params = [Param(f"p{at}", "ü" * 6_000) for at in range(100)]
tags = [RunTag(f"t{at}", "日" * 8_000) for at in range(100)]
client.log_batch(large, params=params, tags=tags)
data = client.get_run(large).data
seen["large batch"] = [sum(map(len, data.params.values())), sum(len(v) for k, v in data.tags.items() if k[0] == "t")]
client.delete_run(large)

run = client.get_run(run_id)
seen["run"] = [run.info.status, run.info.run_name, len(run.data.params), run.data.metrics["a"], repr(run.data.metrics["b/c"])]
seen["run tags"] = {key: value for key, value in run.data.tags.items() if not key.startswith("mlflow.")}
seen["frame"] = sorted(column for column in mlflow.search_runs(ids).columns if column.startswith(("metrics.", "tags.o")))

# Autologging.
mlflow.sklearn.autolog(log_models=False)
with mlflow.start_run(run_name="autolog") as auto:
    LinearRegression().fit(np.arange(8.0).reshape(4, 2), [0.0, 1.0, 2.0, 3.0])
mlflow.sklearn.autolog(disable=True)
auto = client.get_run(auto.info.run_id)
seen["autolog"] = [sorted(auto.data.params), sorted(auto.data.metrics), len(auto.inputs.dataset_inputs)]

# Nested runs, deleted and restored ones.
with mlflow.start_run(run_name="parent") as parent:
    for at in range(3):
        with mlflow.start_run(run_name=f"child {at}", nested=True):
            mlflow.log_metric("score", at)
children = client.search_runs(
    ids, f"tags.`mlflow.parentRunId` = '{parent.info.run_id}' and metrics.score > 0", order_by=["metrics.score DESC"]
)
seen["children"] = [child.info.run_name for child in children]
client.delete_run(children[0].info.run_id)
seen["deleted"] = client.get_run(children[0].info.run_id).info.lifecycle_stage
seen["pages"] = [len(client.search_runs(ids, max_results=2)), bool(client.search_runs(ids, max_results=2).token)]

# The registry.
name = "wide model"
client.create_registered_model(name, tags={"team": "blue"}, description="first words")
model_source = f"{run.info.artifact_uri}/deep"
for at in range(3):
    client.create_model_version(name, model_source, run_id, tags={"at": str(at)}, description=f"number {at}")
client.set_registered_model_alias(name, "best", "2")
client.transition_model_version_stage(name, "1", "Production")
client.transition_model_version_stage(name, "3", "Production", archive_existing_versions=True)
client.update_registered_model(name, "second words")
client.delete_model_version(name, "2")
client.copy_model_version(f"models:/{name}/3", "copied model")
versions = client.search_model_versions(f"name = '{name}'", order_by=["version_number ASC"])
seen["versions"] = [[str(v.version), v.current_stage, v.description, v.tags, v.status] for v in versions]
model = client.get_registered_model(name)
seen["model"] = [model.description, model.tags, dict(model.aliases)]
seen["copied"] = client.get_model_version("copied model", "1").source
seen["models"] = sorted(found.name for found in client.search_registered_models())
seen["latest"] = sorted(str(v.version) for v in client.get_latest_versions(name))

# Prompts.
prompts = mlflow.genai if major >= 3 else mlflow
prompts.register_prompt(name="greeting", template="Hello {{ name }}", commit_message="first")
prompts.register_prompt(name="greeting", template="Hi {{ name }}")
prompt = prompts.load_prompt("prompts:/greeting/1")
seen["prompt"] = [prompt.template, str(prompt.version), prompt.format(name="you")]
seen["models without prompts"] = sorted(found.name for found in client.search_registered_models())


# Traces.
@mlflow.trace(name="inner")
def inner(x):
    if x == 3:
        raise ValueError("on purpose")
    return x + 1


@mlflow.trace(name="outer")
def outer(x):
    return inner(x) * 2


for value in (1, 2, 3):
    try:
        outer(value)
    except ValueError:
        pass
# They are sent in the background.
for _ in range(200):
    found = client.search_traces(ids, order_by=["timestamp_ms ASC"])
    if len(found) == 3 and all(trace.data.spans for trace in found):
        break
    time.sleep(0.1)
found.sort(key=lambda trace: trace.data.spans[0].inputs["x"])
seen["traces"] = [[str(trace.info.status), [span.name for span in trace.data.spans]] for trace in found]
seen["failed traces"] = len(client.search_traces(ids, filter_string="status = 'ERROR'"))
trace_id = found[0].info.trace_id if major >= 3 else found[0].info.request_id
client.set_trace_tag(trace_id, "checked", "yes")
client.set_trace_tag(trace_id, "gone", "soon")
client.delete_trace_tag(trace_id, "gone")
trace = client.get_trace(trace_id)
seen["trace"] = [trace.info.tags["checked"], "gone" in trace.info.tags, trace.data.spans[0].inputs, trace.data.spans[0].outputs]
if major >= 3:
    good = mlflow.log_feedback(trace_id=trace_id, name="good", value=True, rationale="it is", metadata={"a": "1"})
    want = mlflow.log_expectation(trace_id=trace_id, name="want", value={"answer": [4]})
    mlflow.override_feedback(trace_id=trace_id, assessment_id=good.assessment_id, value=False)
    mlflow.delete_assessment(trace_id=trace_id, assessment_id=want.assessment_id)
    assessments = mlflow.get_trace(trace_id).info.assessments
    seen["assessments"] = sorted([a.name, repr(a.feedback.value), a.valid, a.rationale] for a in assessments)
key = {"trace_ids": [trace_id]} if major >= 3 else {"request_ids": [trace_id]}
seen["deleted traces"] = client.delete_traces(experiment_id=ids[0], **key)
seen["traces left"] = len(client.search_traces(ids))

# What MLflow 3 calls logged models.
if major >= 3:
    logged = mlflow.initialize_logged_model(name="logged", model_type="agent", params={"depth": "3"})
    mlflow.finalize_logged_model(logged.model_id, "READY")
    mlflow.set_logged_model_tags(logged.model_id, {"quality": "high"})
    with mlflow.start_run(run_name="measures"):
        mlflow.log_metric("f1", 0.75, step=2, model_id=logged.model_id)
    again = mlflow.get_logged_model(logged.model_id)
    seen["logged"] = [str(again.status), again.params, again.tags.get("quality"), [m.value for m in again.metrics]]
    frame = mlflow.search_logged_models(experiment_ids=ids, filter_string="params.depth = '3'", output_format="list")
    seen["logged found"] = [found.name for found in frame]

# Mistakes.
seen["errors"] = {
    "experiment twice": code_of(lambda: client.create_experiment("wide")),
    "no experiment": code_of(lambda: client.get_experiment("123456")),
    "no run": code_of(lambda: client.get_run("0" * 32)),
    "param again": code_of(lambda: client.log_param(run_id, "p1", "other")),
    "bad key": code_of(lambda: client.log_metric(run_id, "a//b", 1)),
    "no tag": code_of(lambda: client.delete_tag(run_id, "nope")),
    "bad filter": code_of(lambda: client.search_runs(ids, "nope = 1"))[0],
    "no model": code_of(lambda: client.get_registered_model("nope")),
    "no version": code_of(lambda: client.get_model_version(name, "99")),
    "no alias": code_of(lambda: client.get_model_version_by_alias(name, "nope")),
    "bad alias": code_of(lambda: client.set_registered_model_alias(name, "v1", "1")),
    "bad stage": code_of(lambda: client.transition_model_version_stage(name, "1", "Nope")),
    "local source": code_of(lambda: client.create_model_version(name, "/etc")),
    "no artifact": code_of(lambda: mlflow.artifacts.load_text(f"runs:/{run_id}/nope.txt"))[0],
}

# The command line.
listed = subprocess.run(
    [sys.executable, "-m", "mlflow", "experiments", "search"], capture_output=True, text=True, check=True
).stdout
seen["command line"] = sorted(re.findall(r"\b(?:wide|Default)\b", listed))

# Projects.
with tempfile.TemporaryDirectory() as project:
    with open(os.path.join(project, "MLproject"), "w", encoding="utf-8") as file:
        file.write(
            "name: tiny\nentry_points:\n  main:\n    parameters:\n      depth: {type: float, default: 2}\n"
            "    command: python train.py {depth}\n"
        )
    with open(os.path.join(project, "train.py"), "w", encoding="utf-8") as file:
        file.write("import sys, mlflow\nmlflow.log_metric('depth', float(sys.argv[1]))\n")
    # The project's command finds its Python by name; the experiment that is set here is for this process.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_EXPERIMENT")}
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    subprocess.run(
        [sys.executable, "-m", "mlflow", "run", project, "--env-manager", "local", "--experiment-name", "projects"],
        env={**surroundings, "PATH": path},
        check=True,
        stdout=subprocess.DEVNULL,
    )
[projected] = mlflow.search_runs(experiment_names=["projects"], output_format="list")
seen["project"] = [
    projected.info.status,
    projected.data.params,
    projected.data.metrics,
    sorted(key for key in projected.data.tags if key.startswith("mlflow.project")),
]

client.delete_experiment(ids[0])
seen["deleted experiment"] = [client.get_experiment(ids[0]).lifecycle_stage, code_of(lambda: client.create_run(ids[0]))[1]]
client.restore_experiment(ids[0])
seen["restored"] = client.get_experiment(ids[0]).lifecycle_stage

print(json.dumps(seen, sort_keys=True))
