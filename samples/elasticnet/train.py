"""Trains an elastic net by gradient descent and logs how it gets better, epoch by epoch."""

import argparse
import os
import time

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import mlflow
import numpy as np
from mlflow.models import infer_signature
from sklearn.linear_model import SGDRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

import diabetes


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alpha", type=float, default=0.5, help="strength of the regularisation")
    parser.add_argument("--l1-ratio", type=float, default=0.1, help="share of the L1 penalty in it")
    parser.add_argument("--epochs", type=int, default=120)
    parser.add_argument(
        "--pause",
        type=float,
        default=float(os.environ.get("ELASTICNET_PAUSE", "0.1")),
        help="seconds between two epochs, so that one can watch",
    )
    return parser.parse_args()


def plot(target, predicted):
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.scatter(target, predicted, s=12, alpha=0.7)
    limits = [min(target.min(), predicted.min()), max(target.max(), predicted.max())]
    axes.plot(limits, limits, linewidth=1, color="grey")
    axes.set(xlabel="measured", ylabel="predicted", title="Test data")
    return figure


def log_model(model, features):
    """MLflow 3 names a model, MLflow 2 gives it a path."""
    major = int(mlflow.__version__.split(".")[0])
    place = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    mlflow.sklearn.log_model(
        model, **place, signature=infer_signature(features, model.predict(features)), input_example=features.head(3)
    )


def main():
    arguments = parse_arguments()
    # A run that somebody else has made for us belongs to an experiment already.
    if not ("MLFLOW_RUN_ID" in os.environ or "MLFLOW_EXPERIMENT_ID" in os.environ):
        mlflow.set_experiment("elasticnet")

    train_x, test_x, train_y, test_y = diabetes.load()
    model = SGDRegressor(
        penalty="elasticnet",
        alpha=arguments.alpha,
        l1_ratio=arguments.l1_ratio,
        learning_rate="invscaling",
        eta0=0.0004,
        random_state=42,
    )
    with mlflow.start_run():
        mlflow.log_params({"alpha": arguments.alpha, "l1_ratio": arguments.l1_ratio})
        mlflow.log_param("epochs", arguments.epochs)
        for epoch in range(arguments.epochs):
            model.partial_fit(train_x, train_y)
            predicted = model.predict(test_x)
            metrics = {
                "rmse": float(np.sqrt(mean_squared_error(test_y, predicted))),
                "mae": float(mean_absolute_error(test_y, predicted)),
                "r2": float(r2_score(test_y, predicted)),
            }
            mlflow.log_metrics(metrics, step=epoch)
            if epoch % 20 == 0:
                print(f"epoch {epoch}: " + "  ".join(f"{key} {value:.4f}" for key, value in metrics.items()))
            time.sleep(arguments.pause)

        figure = plot(test_y, predicted)
        mlflow.log_figure(figure, "predictions.png")
        plt.close(figure)
        coefficients = sorted(zip(train_x.columns, model.coef_), key=lambda pair: -abs(pair[1]))
        mlflow.log_text("".join(f"{name:>4} {value:+.4f}\n" for name, value in coefficients), "coefficients.txt")
        log_model(model, train_x)
        print("done: " + "  ".join(f"{key} {value:.4f}" for key, value in metrics.items()))


if __name__ == "__main__":
    main()
