"""How unusual each track of a scene is among the others; io.atalaya.anomaly.trajectory.BatchScene in Java is its equal
up to the number of tracks that it compares each with at a time. NumPy alone: what is exported is the network, this is
for figures and for the golden scores."""

import numpy as np

STRETCH = 4
PLACES_FLOOR, EMBEDDINGS_FLOOR, PRIOR = 0.03, 0.1, 1.0
SMALLEST_SQUARE, SMALLEST_RESIDUAL, SMALLEST_VARIANCE = 1e-8, 1e-12, 1e-6
TAIL, SMALLEST_EXCESS = 0.1, 1e-3


def squares(a, b):
    """Squared distances [len(a), len(b)]."""
    return np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T, 0)


def nearest(x):
    """Logarithm of the distance of each row of `x` from the nearest other one."""
    between = squares(x, x)
    np.fill_diagonal(between, np.inf)
    return log_distance(between.min(1))


def log_distance(square):
    return np.where(np.isinf(square), 0, 0.5 * np.log(np.clip(square, SMALLEST_SQUARE, 1e300)))


def along(x):
    """The places along each way [n, POINTS, 2] of the features `x` [n, WIDTH]."""
    return x[:, x.shape[1] // 2 :].reshape(len(x), -1, 2).astype(np.float64)


def farthest_stretch(way):
    """Logarithm of the distance of the stretch of each way that is farthest from any stretch of the others."""
    n, count = len(way), way.shape[1] - STRETCH + 1
    stretches = np.stack([way[:, i : i + STRETCH].reshape(n, -1) for i in range(count)], 1)
    farthest = np.zeros(n)
    for i in range(n):
        between = squares(stretches[i], stretches.reshape(n * count, -1)).reshape(count, n, count)
        between[:, i] = np.inf
        farthest[i] = between.min((1, 2)).max()
    return log_distance(farthest)


def outside(x, floor):
    """What of each row of `x` lies outside the directions in which the rows vary, and the logarithm of its unit: a
    principal component analysis of which each component leaves the share floor / (floor + variance), in the mean
    variance."""
    x = x.astype(np.float64) - x.mean(0, dtype=np.float64)
    n, d = x.shape
    products = x.T @ x
    mean = max(np.trace(products) / n / d, SMALLEST_VARIANCE)
    rest = np.linalg.solve(products / (n + PRIOR) + mean * (PRIOR / (n + PRIOR) + floor) * np.eye(d), x.T)
    return rest.T, np.log(mean)


def residual(x, floor):
    """Logarithm of how far each row of `x` leaves the directions in which the rows vary."""
    rest, unit = outside(x, floor)
    return 0.5 * np.log(np.maximum((rest * rest).sum(1), SMALLEST_RESIDUAL)) + unit


def nearest_residual(x, floor):
    """Logarithm of how far each row of `x` is from the nearest other one outside these directions."""
    rest, unit = outside(x, floor)
    between = squares(rest, rest)
    np.fill_diagonal(between, np.inf)
    return 0.5 * np.log(np.maximum(between.min(1), SMALLEST_RESIDUAL)) + unit


def rarity(value):
    """Minus the logarithm of the share of values as high or higher; beyond the highest tenth an exponential tail."""
    n, rising = len(value), np.sort(value)
    tail = int(TAIL * n)
    start = rising[n - 1 - tail]
    excess = max(np.median(rising[n - tail :] - start) / np.log(2) if tail else 0, SMALLEST_EXCESS)
    below, until = np.searchsorted(rising, value, "left"), np.searchsorted(rising, value, "right")
    within = -np.log((n - (below + until) / 2 + 0.5) / (n + 1))
    return np.where(value > start, -np.log((tail + 0.5) / (n + 1)) + (value - start) / excess, within)


def views(z, x):
    """Each view of the embeddings `z` [n, d] of the features `x` [n, WIDTH]."""
    way = along(x)
    return {
        "form": nearest(np.diff(way, axis=1).reshape(len(x), -1)),
        "stretch": farthest_stretch(way),
        "residual": residual(way.reshape(len(x), -1), PLACES_FLOOR),
        "network": nearest_residual(z, EMBEDDINGS_FLOOR),
    }


def scores(z, x):
    """The score of each of the embeddings `z` [n, d] of the features `x` [n, WIDTH]: minus the logarithm of the harmonic
    mean of the shares, so that a view that is sure counts, however many others see nothing."""
    rarities = [rarity(value) for value in views(z, x).values()]
    return np.logaddexp.reduce(rarities) - np.log(len(rarities))
