"""Evaluates a version of a registered model on the test data."""

import argparse
import os

import mlflow
import numpy as np
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

import diabetes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model-name", default="ElasticNet")
    parser.add_argument("--version", default="latest", help="a number, or latest")
    arguments = parser.parse_args()
    if not ("MLFLOW_RUN_ID" in os.environ or "MLFLOW_EXPERIMENT_ID" in os.environ):
        mlflow.set_experiment("elasticnet")

    _, test_x, _, test_y = diabetes.load()
    with mlflow.start_run():
        mlflow.log_params({"model_name": arguments.model_name, "version": arguments.version})
        model = mlflow.pyfunc.load_model(f"models:/{arguments.model_name}/{arguments.version}")
        predicted = np.asarray(model.predict(test_x))
        metrics = {
            "test_rmse": float(np.sqrt(mean_squared_error(test_y, predicted))),
            "test_mae": float(mean_absolute_error(test_y, predicted)),
            "test_r2": float(r2_score(test_y, predicted)),
        }
        mlflow.log_metrics(metrics)
        print("  ".join(f"{key} {value:.4f}" for key, value in metrics.items()))


if __name__ == "__main__":
    main()
