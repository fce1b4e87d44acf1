"""The diabetes data that comes with scikit-learn, scaled and split the same way for training and evaluation."""

from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def load():
    """Returns train and test features, train and test targets; targets in standard deviations."""
    features, target = load_diabetes(return_X_y=True, as_frame=True)
    target = (target - target.mean()) / target.std()
    parts = train_test_split(features, target, test_size=0.25, random_state=42)
    scaler = StandardScaler().set_output(transform="pandas").fit(parts[0])
    return scaler.transform(parts[0]), scaler.transform(parts[1]), parts[2], parts[3]
