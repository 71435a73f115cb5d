#!/usr/bin/env python3
"""Trains models/scene-activity/1: weighs the evidence that the streaming series model gives.

The series are made (scripts/evaluate sensors), the features are those of the Java that serves them, so there is no
second implementation of either. The same seed gives the same weights on the same machine and libraries.

The loss is an expected score of the Numenta Anomaly Benchmark's standard profile: the network's output is taken as the
intensity of alarms at a row; a window is worth 1.85 (found about its middle, instead of missed) times the chance of an
alarm in it, a false alarm costs 0.11, and rows next to each other make one alarm.

Needs Debian's python3-torch and python3-onnx, which scripts/train installs. onnx and onnxruntime never meet in one
process: the second only serves, in Java.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = HERE / "1"

LABELS = 4
RARITIES = 23
SERIES_OF_EACH_KIND = 100
FIRST_SEED = 1000
NETWORKS = 4
HIDDEN, NARROW = 32, 16
EPOCHS = 16
SERIES_A_STEP = 8
MOST_WINDOWS = 6
LEARNING_RATE = 3e-3
FOUND = 1.85
FALSE_ALARM = 0.11
# Of the rows of a false alarm only the first is an alert.
ROWS_COUNTED = 0.6
FARTHEST = 8.0
GOLDEN = 64
# Rows outside the windows where nothing is very rare: some stand for all. Dull ones were thinned when they were made.
WEAK, WEAK_KEPT, DULL_WEIGHT, DULL_KEPT = 2.2, 0.2, 5, 0.35

# Chosen on series that training does not see, real and made; docs/models-activity.md says on which.
THRESHOLDS = {
    "bar": -3.75, "alone": 1.0, "raise": 0.5, "wearsOff": 2000, "worse": 3.0,
    "restValues": 24, "restHours": 2.0, "quietValues": 12, "quietHours": 2.0,
}
# As SeriesModel.FEATURES; a network that takes another number is rejected when it is served.
FEATURES = 70
# Of version 1, by scripts/evaluate series.
MEASURED = (
    "Standard profile of the Numenta Anomaly Benchmark, one setting: 5.25 of 7 on four real road series (all windows "
    "found, 6 false alarms), 151.6 of 281 on 96 made series not trained on; without the network 5.11 and 98.3. "
    "See README.md.")
NOT_MEASURED = "Not yet: scripts/evaluate series DIR --labels WINDOWS --model THIS_DIRECTORY"


class Network(torch.nn.Module):
    """Standardises, cuts what is far off, and takes the mean of some small networks that are trained side by side."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)

        def uniform(*shape, inputs):
            return torch.nn.Parameter((torch.rand(*shape) * 2 - 1) / inputs**0.5)

        self.first = uniform(FEATURES, NETWORKS * HIDDEN, inputs=FEATURES)
        self.first_bias = uniform(NETWORKS * HIDDEN, inputs=FEATURES)
        self.second = uniform(NETWORKS, HIDDEN, NARROW, inputs=HIDDEN)
        self.second_bias = uniform(NETWORKS, 1, NARROW, inputs=HIDDEN)
        self.last = uniform(NETWORKS, NARROW, 1, inputs=NARROW)
        self.last_bias = torch.nn.Parameter(torch.full((NETWORKS, 1, 1), -4.0))

    def standard(self, features):
        return torch.clamp((features - self.mean) / self.deviation, -FARTHEST, FARTHEST)

    def parts(self, x):
        """What each of the networks says of standardised features: [NETWORKS, n]."""
        x = torch.relu(x @ self.first + self.first_bias).view(-1, NETWORKS, HIDDEN).transpose(0, 1)
        x = torch.relu(torch.bmm(x, self.second) + self.second_bias)
        return (torch.bmm(x, self.last) + self.last_bias)[:, :, 0]

    def forward(self, features):
        return self.parts(self.standard(features)).mean(dim=0)


def made(directory, seed, generator):
    """Series, window and weight of each row, and its features."""
    subprocess.run(
        [ROOT / "scripts" / "evaluate", "sensors", "--out", directory, "--features",
         "--each", str(SERIES_OF_EACH_KIND), "--seed", str(seed)], check=True)
    rows = np.fromfile(pathlib.Path(directory) / "features.f32", dtype="<f4").reshape(-1, LABELS + FEATURES)
    rarest = rows[:, LABELS:LABELS + RARITIES].max(1)
    dull = rows[:, 3] > DULL_WEIGHT
    weak = (rows[:, 2] == 0) & (rarest < WEAK) & ~dull
    kept = ~(weak | dull) | (weak & (generator.random(len(rows)) < WEAK_KEPT))
    kept |= dull & (generator.random(len(rows)) < DULL_KEPT)
    rows[weak, 3] /= WEAK_KEPT
    rows[dull, 3] /= DULL_KEPT
    rows = rows[kept]
    return rows[:, 0].astype(int), rows[:, 2].astype(int), rows[:, 3], rows[:, LABELS:]


def train(network, x, series, window, weight, generator):
    """All of the networks, on standardised features."""
    _, starts = np.unique(series, return_index=True)
    ends = np.append(starts[1:], len(series))
    optimiser = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-5)
    steps = EPOCHS * ((len(starts) + SERIES_A_STEP - 1) // SERIES_A_STEP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        order = generator.permutation(len(starts))
        total = 0.0
        for first in range(0, len(starts), SERIES_A_STEP):
            chosen = [slice(starts[s], ends[s]) for s in order[first:first + SERIES_A_STEP]]
            # 0 outside all windows, and every window of the step a number of its own.
            bag = torch.from_numpy(np.concatenate([
                np.where(window[rows] > 0, window[rows] + MOST_WINDOWS * k, 0) for k, rows in enumerate(chosen)]))
            alarms = torch.nn.functional.softplus(network.parts(torch.cat([x[rows] for rows in chosen])))
            alarms = alarms * torch.cat([weight[rows] for rows in chosen])
            sums = torch.zeros(NETWORKS, SERIES_A_STEP * MOST_WINDOWS + 1).index_add(1, bag, alarms)
            windows = torch.unique(bag[bag > 0])
            found = FOUND * (1 - torch.exp(-sums[:, windows])).sum(1)
            loss = ((FALSE_ALARM * ROWS_COUNTED * sums[:, 0] - found) / max(1, len(windows))).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"  epoch {epoch + 1}: loss {total / len(starts):.4f} a window", flush=True)


def write(network, features, out, measured):
    """model.onnx, golden.json and manifest.json."""
    network.eval()
    torch.onnx.export(
        network, (torch.zeros(2, FEATURES),), str(out / "model.onnx"), input_names=["features"],
        output_names=["score"], dynamic_axes={"features": {0: "batch"}, "score": {0: "batch"}},
        opset_version=17, dynamo=False)
    picked = np.linspace(0, len(features) - 1, GOLDEN).astype(int)
    with torch.no_grad():
        scores = network(torch.from_numpy(features[picked])).numpy()
    (out / "golden.json").write_text(json.dumps({
        "features": [[float(f"{v:.7g}") for v in row] for row in features[picked]],
        "scores": [float(f"{v:.7g}") for v in scores]}) + "\n")
    manifest = {
        "name": "scene-activity",
        "version": out.name,
        "description": "Weighs the evidence of a streaming series model: is something unusual going on",
        "source": "models/scene-activity/train.py, on series that scripts/evaluate sensors makes",
        "licence": "Apache-2.0",
        "file": "model.onnx",
        "sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
        "inputs": [{"name": "features", "shape": [-1, FEATURES]}],
        "outputs": [{"name": "score", "shape": [-1]}],
        "preprocessing": {},
        "classes": {},
        "thresholds": THRESHOLDS,
        "measured": measured,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="of the first series of each kind")
    parser.add_argument("--out", type=pathlib.Path, default=OUT, help="named after the version")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(0)
    generator = np.random.default_rng(0)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        series, window, weight, features = made(directory, arguments.seed, np.random.default_rng(0))
    mean = torch.from_numpy(features.mean(0, dtype=np.float64).astype(np.float32))
    deviation = torch.from_numpy((features.std(0, dtype=np.float64) + 1e-3).astype(np.float32))
    network = Network(mean, deviation)
    x = network.standard(torch.from_numpy(features))
    print(f"{NETWORKS} networks, {len(features):,} rows", flush=True)
    train(network, x, series, window, torch.from_numpy(weight.copy()), generator)
    write(network, features, out, MEASURED if (arguments.seed, out) == (FIRST_SEED, OUT) else NOT_MEASURED)
    print(f"Written: {out}/model.onnx, {(out / 'model.onnx').stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
