"""How unusual each track of a scene is among the others; io.atalaya.anomaly.track.SceneDensity in Java is its equal
while a scene's tracks fit into its memory. NumPy alone: what is exported is the network, this is for figures and for
the golden scores."""

import numpy as np

NEIGHBOURS, LOCALITY = 3, 0.3
SHRINKAGE, FAR, PRIOR, SMALLEST = 0.05, 3.0, 10.0, 1e-6


def squares(a, b):
    """Squared distances [len(a), len(b)]."""
    return np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T, 0)


def whitener(z):
    """The matrix [d, d] that takes embeddings `z` [n, d], in the order of time, into the scene's metric."""
    d = z.shape[1]
    products, weight = np.zeros((d, d)), 0.0
    between = squares(z, z)
    for i in range(1, len(z)):
        step = z[i] - z[np.argmin(between[i, :i])]
        length = step @ step
        typical = np.trace(products) / weight if weight > 0 else length
        counts = 1 / (1 + length / (FAR * max(typical, SMALLEST)))
        products += counts * np.outer(step, step)
        weight += counts
    mean = max(np.trace(products) / weight / d, SMALLEST) if weight > 0 else 1.0
    covariance = products / (weight + PRIOR) + mean * (PRIOR / (weight + PRIOR) + SHRINKAGE) * np.eye(d)
    return np.linalg.inv(np.linalg.cholesky(covariance))


def scores_among_others(z):
    """A score for each of the embeddings `z` [n, d]; above the others' where unusual."""
    z = z.astype(np.float64)
    white = z @ whitener(z).T
    between = squares(white, white)
    np.fill_diagonal(between, np.inf)
    near = np.argsort(between, axis=1, kind="stable")[:, : min(NEIGHBOURS, len(z) - 1)]
    reach = 0.5 * np.log(np.maximum(np.take_along_axis(between, near, 1).mean(1), 1e-8))
    return reach - LOCALITY * reach[near].mean(1)
