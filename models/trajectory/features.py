"""What the network is told of a track; io.atalaya.anomaly.trajectory.TrackFeatures in Java is its equal."""

import numpy as np

POINTS = 16
WIDTH = 4 * POINTS
"""x and y at moments of equal distance in time, then at places of equal distance along the way."""

STEP = 0.02
"""Of half the scene: less is no movement but the tracker's trembling, which would make a way longer."""


def frame(xy, low=0.01, high=0.99, slimmest=0.25):
    """Centre [2] and half extent [2] of the scene that `xy` [n, 2] lies in, outliers aside.

    `slimmest`: a scene that is one straight road is not stretched to a square.
    """
    edge = np.quantile(xy, [low, high], axis=0)
    half = (edge[1] - edge[0]) / 2
    return edge.mean(0), np.maximum(np.maximum(half, half.max() * slimmest), 1e-12)


def _along(at, xy):
    to = np.linspace(at[0], at[-1], POINTS)
    return np.c_[np.interp(to, at, xy[:, 0]), np.interp(to, at, xy[:, 1])]


def features(t, xy, centre, half):
    """`t` [n] rising, `xy` [n, 2] in any unit; gives [WIDTH]."""
    xy = (xy - centre) / half
    kept = [0]
    for i in range(1, len(xy)):
        if np.hypot(*(xy[i] - xy[kept[-1]])) >= STEP:
            kept.append(i)
    if kept[-1] != len(xy) - 1:
        kept.append(len(xy) - 1)
    way = xy[kept]
    arc = np.r_[0, np.cumsum(np.hypot(*np.diff(way, axis=0).T))]
    return np.concatenate([_along(t, xy), _along(arc, way)]).ravel().astype(np.float32)
