"""Logs a run with what the details of a run show. First argument: a tracking URI. Prints the run's id as JSON."""

import json
import sys

import mlflow
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

major = int(mlflow.__version__.split(".")[0])
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("details")
frame = pd.DataFrame({"alcohol": [9.4, 9.8], "colour": ["red", "white"], "quality": [5, 6]})
with mlflow.start_run(run_name="parent", description="A **note**.") as run:
    source = "https://example.org/wine.csv"
    mlflow.log_input(mlflow.data.from_pandas(frame, source=source, name="wine"), context="training")
    mlflow.log_input(mlflow.data.from_numpy(np.zeros((4, 3)), name="zeros"), context="eval")
    mlflow.log_table({"question": ["why?", "how?"], "score": [0.5, None]}, "answers.json")
    mlflow.log_dict({"columns": "none"}, "settings.json")
    mlflow.log_image(np.zeros((2, 3, 3), dtype=np.uint8), "plots/black.png")
    mlflow.log_text("<h1>Report</h1>", "report.html")
    for step in range(5):
        mlflow.log_metric("rmse", 1 / (1 + step), step=step)
    named = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    x = np.arange(6.0).reshape(3, 2)
    mlflow.sklearn.log_model(LinearRegression().fit(x, [1.0, 2.0, 3.0]), input_example=x, **named)
    with mlflow.start_run(run_name="child", nested=True):
        mlflow.log_metric("rmse", 0.25)
    print(json.dumps(run.info.run_id))
