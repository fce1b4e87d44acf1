"""Logs to the run that it finds itself in."""

import sys

import mlflow

with mlflow.start_run():
    mlflow.log_param("from_script", sys.argv[1])
    mlflow.log_metric("loss", 0.25)
    mlflow.set_tag("stage", "dev")
