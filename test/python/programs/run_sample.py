"""Runs the sample's training as a plain script. Arguments: the sample's folder and alpha."""

import json
import os
import subprocess
import sys

folder, alpha = sys.argv[1:]
subprocess.run(
    [sys.executable, "train.py", "--alpha", alpha, "--l1-ratio", "0.1"],
    cwd=folder,
    env={**os.environ, "PYTHONUNBUFFERED": "1"},
    check=True,
    stdout=sys.stderr,
)
print(json.dumps("done"))
