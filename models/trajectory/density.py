"""How unusual each track of a scene is among the others; io.atalaya.anomaly.trajectory.BatchScene in Java is its equal
up to the number of tracks that it compares each with. NumPy alone: what is exported is the network, this is for
figures and for the golden scores."""

import numpy as np

from features import STEP

NEIGHBOURS, FEW, MANY, LONG, LOCALITY = 5, 0.012, 0.06, 1500, 0.5
SHRINKAGE, FAR, PRIOR, SMALLEST = 0.05, 3.0, 10.0, 1e-6
SPREAD_FLOOR, SPREAD_PRIOR, SPREAD_SHARE, SPREAD_USUAL = 0.003, 1.0, 0.5, 1.0
STRETCHES, ON_THE_SPOT, SHORTEST, WEAVING_SHARE, WEAVING_USUAL = 5, 0.5, 3 * STEP, 0.5, 2.0


def squares(a, b):
    """Squared distances [len(a), len(b)]."""
    return np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T, 0)


def whitener(z):
    """The matrix [d, d] that takes embeddings `z` [n, d], in any order, into the scene's metric."""
    n, d = z.shape
    between = squares(z, z)
    np.fill_diagonal(between, np.inf)
    steps = z - z[np.argmin(between, axis=1)]
    lengths = (steps * steps).sum(1)
    counts = 1 / (1 + lengths / (FAR * max(np.median(lengths), SMALLEST))) if n > 1 else np.zeros(n)
    products, weight = (steps * counts[:, None]).T @ steps, counts.sum()
    mean = max(np.trace(products) / weight / d, SMALLEST) if weight > 0 else 1.0
    covariance = products / (weight + PRIOR) + mean * (PRIOR / (weight + PRIOR) + SHRINKAGE) * np.eye(d)
    return np.linalg.inv(np.linalg.cholesky(covariance))


def scores_among_others(z, neighbourhood):
    """A score for each of the embeddings `z` [n, d] beside that share of all; above the others' where unusual."""
    z = z.astype(np.float64)
    white = z @ whitener(z).T
    between = squares(white, white)
    np.fill_diagonal(between, np.inf)
    wanted = min(max(NEIGHBOURS, neighbourhood * min(len(z), LONG)), len(z) - 1)
    share = np.clip(wanted - np.arange(int(np.ceil(wanted))), 0, 1) / wanted
    near = np.argsort(between, axis=1, kind="stable")[:, : len(share)]
    reach = 0.5 * np.log(np.maximum(np.take_along_axis(between, near, 1) @ share, 1e-8))
    return reach - LOCALITY * reach[near] @ share


def neighbour_scores(z):
    """By few neighbours, to which three who turn round alike do not come, and by many, to which a whole way hardly anyone
    takes does not."""
    return (standardised(scores_among_others(z, FEW)) + standardised(scores_among_others(z, MANY))) / 2


def spread_scores(x):
    """How far each track of `x` [n, d] leaves the ways in which the scene's tracks differ at all: what a principal
    component analysis is used for, without a number of components."""
    x = x.astype(np.float64) - x.mean(0, dtype=np.float64)
    n, d = x.shape
    products = x.T @ x
    mean = max(np.trace(products) / n / d, SMALLEST)
    floor = mean * (SPREAD_PRIOR / (n + SPREAD_PRIOR) + SPREAD_FLOOR)
    white = np.linalg.inv(np.linalg.cholesky(products / (n + SPREAD_PRIOR) + floor * np.eye(d)))
    return 0.5 * np.log(np.maximum(((x @ white.T) ** 2).sum(1), 1e-8))


def standardised(score):
    """In robust deviations from the median."""
    low, middle, high = np.quantile(score, [0.25, 0.5, 0.75])
    return (score - middle) / max((high - low) / 1.349, 1e-6)


def weaving(x):
    """How much each track of the features `x` [n, WIDTH] turns to both sides, less what that leads to in the end, in
    deviations."""
    way = x[:, x.shape[1] // 2 :].reshape(len(x), -1, 2)
    stride = (way.shape[1] - 1) // STRETCHES
    steps = np.diff(way[:, : STRETCHES * stride + 1 : stride], axis=1)
    lengths = np.hypot(steps[..., 0], steps[..., 1])
    turned = np.zeros(len(x))
    for i in range(len(x)):
        long = lengths[i] >= max(ON_THE_SPOT * lengths[i].max(), SHORTEST)
        turns = np.diff(np.arctan2(steps[i, long, 1], steps[i, long, 0]))
        turns = np.remainder(turns + np.pi, 2 * np.pi) - np.pi
        turned[i] = np.abs(turns).sum() - abs(turns.sum())
    return (turned - turned.mean()) / max(turned.std(), 1e-3)


def forms(x):
    """The steps along each way of the features `x` [n, WIDTH]: its form and length, wherever it was."""
    way = x[:, x.shape[1] // 2 :].reshape(len(x), -1, 2)
    return np.diff(way, axis=1).reshape(len(x), -1)


def beyond(deviations, usual):
    return np.maximum(deviations - usual, 0)


def scores(z, x):
    """The score of each of the embeddings `z` [n, d] of the features `x` [n, WIDTH]."""
    near, spread = neighbour_scores(z), standardised(spread_scores(z))
    form = standardised(spread_scores(forms(x)))
    return standardised(
        near
        + SPREAD_SHARE * (beyond(spread, SPREAD_USUAL) + beyond(form, SPREAD_USUAL))
        + WEAVING_SHARE * beyond(weaving(x), WEAVING_USUAL))
