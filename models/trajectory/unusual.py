#!/usr/bin/env python3
"""Makes some tracks of a real scene unusual, to measure the trajectory scorer on real roads and squares:

    python3 models/trajectory/unusual.py SCENE.csv[.gz] ... --out LABELLED.csv
    scripts/evaluate tracks LABELLED.csv

A scene has the columns sceneId,trackId,t,x,y. LABELLED.csv has each scene once for each choice of tracks, with labels.
"""

import argparse
import csv
import gzip
import pathlib

import numpy as np

from features import frame

KINDS = (
    "turned round", "turned wide", "bent", "joined", "mirrored", "bulge", "detour", "weaving", "slow weaving",
    "reversed", "moved aside", "turned off", "foreign", "stop",
)
CHOICES, MANY, UNUSUAL, UNUSUAL_OF_MANY = 12, 500, 6, 20
"""Choices of tracks; from how many tracks on a scene is large; how many of a small and a large one are unusual."""


def read(path):
    """The tracks of a scene, as `t` [n] and `xy` [n, 2] each."""
    points = {}
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as rows:
        for row in csv.DictReader(rows):
            points.setdefault(row["trackId"], []).append([float(row[each]) for each in ("t", "x", "y")])
    tracks = [np.array(sorted(each)) for each in points.values()]
    return [(each[:, 0], each[:, 1:]) for each in tracks]


def arc(xy):
    return np.r_[0, np.cumsum(np.hypot(*np.diff(xy, axis=0).T))]


def _unit(vector):
    return vector / max(np.hypot(*vector), 1e-9)


def _turned(vectors, angle):
    return vectors @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _side(rng):
    return rng.choice([-1, 1])


def make(kind, i, tracks, others, rng):
    """Track `i` made unusual; `others`: tracks of other scenes, in the frame of this one."""
    centre, half = frame(np.concatenate([xy for _, xy in tracks]))
    size = half.mean()
    t, xy = tracks[i]
    way, n = arc(xy), len(t)
    part, tick = way / way[-1], np.median(np.diff(t))
    aside = _unit(_turned(xy[-1] - xy[0], np.pi / 2)) * _side(rng)

    def at(low, high):
        return int(np.clip(np.searchsorted(part, rng.uniform(low, high)), 3, n - 2))

    def heading(k):
        return _unit(xy[k] - xy[max(0, k - 5)])

    if kind == "turned round":
        k = at(0.35, 0.75)
        return _steady(t[0], tick, np.r_[xy[: k + 1], xy[k::-1] + _turned(heading(k), np.pi / 2) * 0.04 * size])
    if kind == "turned wide":
        k = at(0.4, 0.8)
        ahead, radius = heading(k), size * rng.uniform(0.05, 0.12)
        beside = _turned(ahead, np.pi / 2) * _side(rng)
        angle = np.linspace(0, np.pi, 12)[1:-1, None]
        turn = xy[k] + radius * (beside * (1 - np.cos(angle)) + ahead * np.sin(angle))
        back = xy[k::-1] + 2 * radius * beside
        return _steady(t[0], tick, np.r_[xy[: k + 1], turn, back[: max(2, int(len(back) * rng.uniform(0.5, 1)))]])
    if kind == "bent":
        k = at(0.3, 0.6)
        return t, np.r_[xy[:k], xy[k] + _turned(xy[k:] - xy[k], rng.uniform(0.5, 1.2) * _side(rng))]
    if kind == "joined":
        k = at(0.35, 0.65)
        for _ in range(50):
            _, other = tracks[rng.integers(len(tracks))]
            m = len(other) // 2
            gap = np.hypot(*(other[m] - xy[k]))
            if gap > 0.15 * size:
                break
        steps = max(2, int(gap / max(way[-1] / n, 1e-9)))
        return _steady(t[0], tick, np.r_[xy[:k], np.linspace(xy[k], other[m], steps), other[m + 1 :]])
    if kind == "mirrored":
        axis = rng.integers(2)
        mirrored = xy.copy()
        mirrored[:, axis] = 2 * centre[axis] - xy[:, axis]
        return t, mirrored
    if kind == "bulge":
        wave = np.exp(-0.5 * ((part - rng.uniform(0.3, 0.7)) / rng.uniform(0.12, 0.25)) ** 2)
        return t, xy + aside * (rng.uniform(0.12, 0.3) * size * wave)[:, None]
    if kind == "detour":
        begin = rng.uniform(0.1, 0.4)
        wave = np.sin(np.pi * np.clip((part - begin) / rng.uniform(0.3, 0.5), 0, 1)) ** 2
        return t, xy + aside * (rng.uniform(0.15, 0.35) * size * wave)[:, None]
    if kind in ("weaving", "slow weaving"):
        waves, height = (rng.uniform(3, 6), rng.uniform(0.04, 0.09))
        if kind == "slow weaving":
            waves, height = (rng.uniform(1, 2.5), rng.uniform(0.06, 0.15))
        return t, xy + aside * (height * size * np.sin(2 * np.pi * waves * part))[:, None]
    if kind == "reversed":
        return t, xy[::-1]
    if kind == "moved aside":
        return t, xy + _turned(np.array([1.0, 0]), rng.uniform(0, 2 * np.pi)) * rng.uniform(0.15, 0.4) * size
    if kind == "turned off":
        k = at(0.35, 0.65)
        ahead = _turned(heading(k), rng.uniform(1, 2.2) * _side(rng))
        off = xy[k] + ahead * size * rng.uniform(0.4, 0.9) * np.linspace(0, 1, max(5, n - k))[1:, None]
        return _steady(t[0], tick, np.r_[xy[: k + 1], off])
    if kind == "foreign":
        return others[rng.integers(len(others))]
    if kind == "stop":
        k, still = at(0.3, 0.7), max(5, int(n * rng.uniform(0.5, 1.5)))
        stands = xy[k] + rng.normal(0, 0.002 * size, (still, 2))
        return _steady(t[0], tick, np.r_[xy[: k + 1], stands, xy[k + 1 :]])
    raise ValueError(kind)


def _steady(begin, tick, xy):
    return begin + tick * np.arange(len(xy)), xy


def longer(tracks, share):
    """Indices of the tracks of ten points or more whose length is at least this share of the median."""
    lengths = np.array([arc(xy)[-1] for _, xy in tracks])
    points = np.array([len(t) for t, _ in tracks])
    return np.flatnonzero((lengths > share * np.median(lengths)) & (points >= 10))


def choice(name, scenes, seed):
    """The tracks of the scene `name` with some made unusual, and the kind of each, empty where it is as recorded."""
    rng = np.random.default_rng(seed)
    tracks = scenes[name]
    centre, half = frame(np.concatenate([xy for _, xy in tracks]))
    others = []
    for other, foreign in scenes.items():
        if other != name:
            middle, reach = frame(np.concatenate([xy for _, xy in foreign]))
            others += [(foreign[i][0], (foreign[i][1] - middle) / reach * half + centre) for i in longer(foreign, 1)]
    kinds = [kind for kind in KINDS if others or kind != "foreign"]
    made, labels, first = list(tracks), [""] * len(tracks), rng.integers(len(kinds))
    for k, i in enumerate(rng.permutation(longer(tracks, 0.6))[: UNUSUAL_OF_MANY if len(tracks) > MANY else UNUSUAL]):
        labels[i] = kinds[(first + k) % len(kinds)]
        made[i] = make(labels[i], i, tracks, others, rng)
    return made, np.array(labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenes", type=pathlib.Path, nargs="+")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--choices", type=int, default=CHOICES)
    parser.add_argument("--first", type=int, default=0, help="seed of the first choice")
    arguments = parser.parse_args()
    scenes = {path.name.split(".")[0]: read(path) for path in arguments.scenes}
    with open(arguments.out, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["sceneId", "trackId", "t", "x", "y", "label"])
        for name in scenes:
            for seed in range(arguments.first, arguments.first + arguments.choices):
                for i, ((t, xy), label) in enumerate(zip(*choice(name, scenes, seed))):
                    for when, (x, y) in zip(t, xy):
                        rows.writerow([f"{name}/{seed}", i, round(when, 3), round(x, 3), round(y, 3), int(label != "")])


if __name__ == "__main__":
    main()
