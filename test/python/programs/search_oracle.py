"""Answers searches as MLflow's file stores do: a JSON question a line in, a JSON answer a line out.

First argument: the folder of the stores.
"""

import json
import sys

from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry.file_store import FileStore as RegistryStore
from mlflow.store.tracking.file_store import FileStore

tracking = FileStore(sys.argv[1])
registry = RegistryStore(sys.argv[1])


def once(store, method):
    """Reading the disk is not what is compared: what was read before is not read again."""
    read = getattr(store, method)
    known = {}

    def remembered(*args, **kwargs):
        key = repr((args, kwargs))
        if key not in known:
            known[key] = read(*args, **kwargs)
        return known[key]

    setattr(store, method, remembered)


once(tracking, "_list_run_infos")
once(tracking, "_get_experiment")
once(tracking, "_list_trace_infos")
runs = {}
read_run = tracking._get_run_from_info


def run_once(info):
    if info.run_id not in runs:
        runs[info.run_id] = read_run(info)
    return runs[info.run_id]


tracking._get_run_from_info = run_once


def page(found, identify):
    return {"ids": [identify(item) for item in found], "token": found.token or None}


def answer(question):
    kind = question.pop("kind")
    filter_string = question.get("filter")
    order_by = question.get("order_by")
    size = question.get("max_results", 1000)
    token = question.get("page_token")
    if kind == "runs":
        view = ViewType.from_string(question.get("view", "active_only").lower())
        found = tracking.search_runs(question["experiments"], filter_string, view, size, order_by, token)
        return page(found, lambda run: run.info.run_id)
    if kind == "experiments":
        view = ViewType.from_string(question.get("view", "active_only").lower())
        found = tracking.search_experiments(view, size, filter_string, order_by, token)
        return page(found, lambda experiment: experiment.experiment_id)
    if kind == "registered":
        found = registry.search_registered_models(filter_string, size, order_by, token)
        return page(found, lambda model: model.name)
    if kind == "versions":
        found = registry.search_model_versions(filter_string, size, order_by, token)
        return page(found, lambda version: f"{version.name}/{version.version}")
    if kind == "traces":
        found, token = tracking.search_traces(
            locations=question["experiments"],
            filter_string=filter_string,
            max_results=min(size, 500),
            order_by=order_by,
            page_token=token,
        )
        return {"ids": [trace.trace_id for trace in found], "token": token}
    found = tracking.search_logged_models(
        question["experiments"], filter_string, question.get("datasets"), size, question.get("order_models"), token
    )
    return page(found, lambda model: model.model_id)


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except MlflowException as error:
        reply = {"error": error.error_code, "message": error.message}
    except Exception as error:
        reply = {"crash": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply, default=bytes.decode), flush=True)
