"""Runs another entry point within its own run."""

import mlflow

with mlflow.start_run():
    mlflow.run(".", "main", env_manager="local")
