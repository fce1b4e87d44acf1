"""Reads all of a store with MLflow's own store classes and prints it. First argument: its folder or URI."""

import json
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

major = int(mlflow.__version__.split(".")[0])
mlflow.set_tracking_uri(sys.argv[1] if "://" in sys.argv[1] else f"file://{sys.argv[1]}")
client = MlflowClient()


def doubles(value):
    """The numbers of an assessment are doubles, whether they have a point or not."""
    if isinstance(value, dict):
        return {key: doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [doubles(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def metric_state(point):
    return [repr(point.value), point.timestamp, point.step]


def run_state(run):
    info = run.info
    return {
        "run_id": info.run_id,
        "name": info.run_name,
        "user": info.user_id,
        "status": info.status,
        "stage": info.lifecycle_stage,
        "start": info.start_time,
        "end": info.end_time,
        "artifacts": info.artifact_uri,
        "params": run.data.params,
        "tags": run.data.tags,
        "metrics": {
            key: [metric_state(point) for point in client.get_metric_history(info.run_id, key)] for key in run.data.metrics
        },
        "datasets": sorted(
            [entry.dataset.to_dictionary() | {"tags": {tag.key: tag.value for tag in entry.tags}} for entry in run.inputs.dataset_inputs],
            key=lambda dataset: dataset["name"],
        ),
        "outputs": sorted(output.model_id for output in run.outputs.model_outputs) if major >= 3 and run.outputs else [],
    }


def trace_state(trace):
    return {
        "time": trace.timestamp_ms,
        "duration": trace.execution_time_ms,
        "status": str(trace.status),
        "metadata": trace.request_metadata,
        "tags": trace.tags,
        "assessments": sorted(
            (
                {
                    "name": found.name,
                    # MLflow forgets it of expectations.
                    "valid": found.valid is not False,
                    "rationale": found.rationale,
                    "metadata": found.metadata,
                    "span": found.span_id,
                    "source": [found.source.source_type, found.source.source_id],
                    "feedback": [doubles(found.feedback.value), repr(found.feedback.error)] if found.feedback else None,
                    "expectation": doubles(found.expectation.value) if found.expectation else None,
                }
                for found in getattr(trace, "assessments", None) or []
            ),
            key=json.dumps,
        ),
    }


def model_state(model):
    return {
        "name": model.name,
        "status": str(model.status),
        "type": model.model_type,
        "run": model.source_run_id,
        "artifacts": model.artifact_location,
        "params": model.params,
        "tags": model.tags,
        "metrics": sorted([metric.key, *metric_state(metric), metric.dataset_name] for metric in model.metrics or []),
    }


def experiment_state(experiment):
    ids = [experiment.experiment_id]
    store = client._tracking_client.store
    state = {
        "id": experiment.experiment_id,
        "stage": experiment.lifecycle_stage,
        "artifacts": experiment.artifact_location,
        "tags": experiment.tags,
        "runs": [run_state(run) for run in client.search_runs(ids, run_view_type=ViewType.ALL, order_by=["start_time", "attributes.run_name"])],
        "traces": sorted((trace_state(trace) for trace in store.search_traces(ids)[0]), key=json.dumps),
    }
    if major >= 3 and experiment.lifecycle_stage == "active":
        state["models"] = sorted((model_state(model) for model in client.search_logged_models(ids)), key=json.dumps)
    return state


def version_state(version):
    return {
        "version": str(version.version),
        "stage": version.current_stage,
        "source": version.source,
        "run": version.run_id or None,
        "link": version.run_link or None,
        "description": version.description or None,
        "status": version.status,
        "tags": version.tags,
        "aliases": sorted(version.aliases),
        "uri": client.get_model_version_download_uri(version.name, version.version),
    }


def registered_state(model):
    versions = client.search_model_versions(f"name='{model.name}'")
    return {
        "description": model.description or None,
        "tags": model.tags,
        "aliases": {alias: str(version) for alias, version in dict(model.aliases).items()},
        "versions": sorted((version_state(version) for version in versions), key=lambda version: version["version"]),
    }


experiments = client.search_experiments(view_type=ViewType.ALL)
models = list(client.search_registered_models())
models += client.search_registered_models("tags.`mlflow.prompt.is_prompt` = 'true'")
print(
    json.dumps(
        {
            "experiments": {experiment.name: experiment_state(experiment) for experiment in experiments},
            "models": {model.name: registered_state(model) for model in models},
        },
        default=str,
    )
)
