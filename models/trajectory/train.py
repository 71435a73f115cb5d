#!/usr/bin/env python3
"""Trains the trajectory network and exports it: models/trajectory/1/{model.onnx, manifest.json, golden.json}.

It learns on streets that do not exist (scenes.py), under good and bad conditions (conditions.py), to place tracks so
that the unusual ones of a scene have no near neighbours there, in the metric that the scene itself gives: the loss ranks
each unusual track above each usual one by its distance to them, with nothing of a scene known but its tracks. Served is
one view beside others (views.py).

Seeded, one thread, the processor alone. Needs PyTorch, NumPy and onnx (Debian: python3-torch, python3-onnx).
"""

import argparse
import hashlib
import json
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn

import scenes
import views
from features import WIDTH, features, frame

HERE = pathlib.Path(__file__).resolve().parent
VERSION = "1"
DIMENSIONS, HIDDEN = 24, 192
TRAINING_SCENES, TRAINING_SIZES = 600, (150, 300, 500)
TEST_SCENES, TEST_SIZES, TEST_SEED = 24, (300, 600, 1500), 40_000
SERVED = "all views"
DAYS = "clear,night,rain,wind,crowded,poor-tracker,clear:night+rain"
EPISODE, EPISODES = 220, 2
"""Tracks of a scene that a step sees at once, and scenes in a step."""
LOCALITY, SHRINKAGE, FAR = 0.3, 0.05, 3.0
"""Of the neighbours in training: how much of their own distances is subtracted, the floor under the variances of the
steps, and from which multiple of the median on a step counts less."""


class Network(nn.Module):
    """[n, WIDTH] features to [n, DIMENSIONS]: a linear map that keeps what a scene's covariance can use, and what it
    cannot see beside it."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(WIDTH, DIMENSIONS)
        self.curved = nn.Sequential(
            nn.Linear(WIDTH, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, DIMENSIONS)
        )

    def forward(self, x):
        return self.linear(x) + self.curved(x)


def scene_features(tracks):
    """[n, WIDTH] of a scene's tracks, in their order."""
    centre, half = frame(np.concatenate([track.xy for track in tracks]))
    return np.array([features(track.t, track.xy, centre, half) for track in tracks])


def make_scenes(first_seed, count, sizes, days):
    """Features, which are unusual, and their kinds, of many scenes, each under one of the conditions `days`."""
    made = []
    for i in range(count):
        tracks, road = scenes.scene(first_seed + i, sizes[i % len(sizes)], condition=days[i % len(days)])
        kinds = [track.kind for track in tracks]
        made.append((scene_features(tracks), np.array([kind != "" for kind in kinds]), kinds, road))
    return made


def turned(x, rng):
    """The same scene seen from elsewhere: turned, mirrored, squeezed, or with time running backwards."""
    points = x.reshape(len(x), -1, 2)
    angle = rng.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = points * rng.uniform(0.5, 1, (1, 2)) @ turn * rng.choice([-1, 1], (1, 2))
    if rng.random() < 0.5:
        n = points.shape[1] // 2
        points = np.concatenate([points[:, n - 1 :: -1], points[:, : n - 1 : -1]], axis=1)
    centre, half = frame(points.reshape(-1, 2))
    return ((points - centre) / half).reshape(len(x), -1).astype(np.float32)


def squares(z):
    """Squared distances within `z`, those to itself far."""
    lengths = (z * z).sum(1)
    return (lengths[:, None] + lengths[None] - 2 * z @ z.T).clamp_min(1e-8) + 1e6 * torch.eye(len(z))


def scores(z, neighbours):
    """The distance of each row to its nearest others in the metric of their steps, less a share of theirs."""
    with torch.no_grad():
        near, nearest = squares(z).min(1)
        counts = 1 / (1 + near / (FAR * near.median()))
        counts /= counts.sum()
    steps = (z - z[nearest]) * counts.sqrt()[:, None]
    covariance = steps.T @ steps
    covariance = covariance + SHRINKAGE * covariance.trace() / DIMENSIONS * torch.eye(DIMENSIONS)
    white = torch.linalg.solve_triangular(torch.linalg.cholesky(covariance), z.T, upper=False).T
    between, near = torch.topk(squares(white), neighbours, largest=False)
    reach = 0.5 * torch.log(between.mean(1))
    return reach - LOCALITY * reach[near].mean(1)


def train(made, steps, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, steps)
    losses, start = [], time.time()
    for step in range(steps):
        loss = torch.zeros(())
        for _ in range(EPISODES):
            x, unusual, _, _ = made[rng.integers(len(made))]
            pick = rng.permutation(len(x))[:EPISODE]
            x, unusual = torch.tensor(turned(x[pick], rng)), torch.tensor(unusual[pick])
            if not unusual.any():
                continue
            score = scores(network(x), int(rng.integers(1, 5)))
            above = score[unusual][:, None] - score[~unusual][None]
            loss = loss + nn.functional.softplus(-above / 0.25).mean() / EPISODES
        if not loss.requires_grad:
            continue
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 250 == 249:
            print(f"step {step + 1} of {steps}, {time.time() - start:.0f} s, loss {np.mean(losses[-250:]):.4f}", flush=True)
    return network.eval()


# ---------------------------------------------------------------- figures


def roc_auc(unusual, score):
    """The chance that an unusual track scores higher than a usual one, ties half."""
    order = np.argsort(score, kind="stable")
    values, inverse, counts = np.unique(score[order], return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = unusual[order]
    n = positive.sum()
    return (ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(score) - n))


def pca_residual(x, variance=0.98):
    x = x - x.mean(0)
    _, s, v = np.linalg.svd(x, full_matrices=False)
    kept = v[: np.searchsorted(np.cumsum(s**2) / np.sum(s**2), variance) + 1]
    return ((x - x @ kept.T @ kept) ** 2).sum(1)


def embed(network, x):
    with torch.no_grad():
        return network(torch.tensor(x)).numpy()


def measure(network, made):
    """Areas under the ROC curve by method: the mean and the worst scene, and by road and kind for the network."""
    methods = {
        SERVED: lambda x: views.scores(embed(network, x), x),
        **{
            f"{view} alone": lambda x, view=view: views.views(embed(network, x), x)[view]
            for view in ("form", "stretch", "residual", "network")
        },
        "nearest neighbour, places": lambda x: views.nearest(x[:, WIDTH // 2 :].astype(np.float64)),
        "PCA of the scene, 98 % of variance": lambda x: pca_residual(x[:, WIDTH // 2 :]),
    }
    figures = {}
    for name, method in methods.items():
        areas, roads, kinds = [], {}, {}
        for x, unusual, kind, road in made:
            if not unusual.any():
                continue
            score = method(x)
            areas.append(roc_auc(unusual, score))
            roads.setdefault(road, []).append(areas[-1])
            for one in set(kind) - {""}:
                of_kind = np.array([k == one for k in kind])
                mask = of_kind | ~unusual
                kinds.setdefault(one, []).append(roc_auc(of_kind[mask], score[mask]))
        figures[name] = {
            "mean": np.mean(areas), "worst": np.min(areas), "lowest quarter": np.quantile(areas, 0.25),
            "road": {k: np.mean(v) for k, v in sorted(roads.items())},
            "kind": {k: np.mean(v) for k, v in sorted(kinds.items())},
        }
        print(name, {k: v if isinstance(v, dict) else round(float(v), 4) for k, v in figures[name].items() if k not in ("road", "kind")})
        for group in ("road", "kind"):
            print("   ", {str(k): round(float(v), 3) for k, v in figures[name][group].items()})
    return figures


# ---------------------------------------------------------------- what is kept


def export(network, directory, figures):
    path = directory / "model.onnx"
    torch.onnx.export(
        network, (torch.zeros(2, WIDTH),), str(path), input_names=["track"], output_names=["place"],
        dynamic_axes={"track": {0: "n"}, "place": {0: "n"}}, opset_version=17, dynamo=False,
    )
    ours = figures[SERVED]
    manifest = {
        "name": "trajectory",
        "version": directory.name,
        "description": "Places a track so that the unusual ones of a scene have no near neighbours there",
        "source": "models/trajectory/train.py, on scenes that it makes itself",
        "licence": "Apache-2.0",
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "inputs": [{"name": "track", "shape": [-1, WIDTH]}],
        "outputs": [{"name": "place", "shape": [-1, DIMENSIONS]}],
        "measured": f"{TEST_SCENES} made scenes of {min(TEST_SIZES)} to {max(TEST_SIZES)} tracks that it was not trained"
        f" on: area under the ROC curve {ours['mean']:.3f} in the mean, {ours['worst']:.3f} in the worst. See README.md.",
    }
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def golden(network, directory):
    """Some tracks with all that is made of them, for the test that Java makes the same."""
    tracks, _ = scenes.scene(77, 40, "crossing")
    # Of what only stands such scenes have nothing, and what it turns is trembling.
    trembling = np.random.default_rng(77).normal(0, 0.006, (40, 2))
    tracks.append(scenes.Track(np.arange(40) / 2, tracks[0].xy[0] + trembling, -1, "stands"))
    tracks = [scenes.Track(np.round(t.t, 3), np.round(t.xy, 5), t.lane, t.kind) for t in tracks]
    x = scene_features(tracks)
    z = embed(network, x)
    (directory / "golden.json").write_text(
        json.dumps(
            {
                "tracks": [{"t": t.t.tolist(), "x": t.xy[:, 0].tolist(), "y": t.xy[:, 1].tolist()} for t in tracks],
                "features": [[round(float(v), 6) for v in row] for row in x],
                "places": [[round(float(v), 5) for v in row] for row in z],
                "scores": [round(float(v), 5) for v in views.scores(z, x)],
            },
            separators=(",", ":"),
        )
        + "\n"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / VERSION, help="named after the version")
    parser.add_argument("--scenes", type=int, default=TRAINING_SCENES, help="scenes to train on")
    parser.add_argument(
        "--conditions", default=DAYS, help="of the scenes in turn, as for scripts/evaluate city (default: %(default)s)"
    )
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    arguments.out = arguments.out.resolve()
    arguments.out.mkdir(parents=True, exist_ok=True)
    print(f"making {arguments.scenes} scenes", flush=True)
    days = arguments.conditions.split(",")
    made = make_scenes(0, arguments.scenes, TRAINING_SIZES, days)
    network = train(made, arguments.steps, arguments.seed)
    print(f"making {TEST_SCENES} scenes to measure on", flush=True)
    figures = measure(network, make_scenes(TEST_SEED, TEST_SCENES, TEST_SIZES, days))
    export(network, arguments.out, figures)
    golden(network, arguments.out)
    print(f"written to {arguments.out}")


if __name__ == "__main__":
    sys.exit(main())
