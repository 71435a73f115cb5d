package io.atalaya.anomaly.trajectory;

/**
 * A way to compare a track with those of its scene. Each gives a number that is higher the less the
 * track is like them; only its rank among those of the scene counts.
 */
public enum View {
    /** Distance to the nearest track in form and length, wherever both are. */
    FORM("nearest neighbour, steps along the way"),

    /** Distance of the stretch that is farthest from any stretch of the others. */
    STRETCH("farthest stretch"),

    /** Distance from the directions in which the places along the scene's tracks vary. */
    RESIDUAL("residual outside the scene's directions"),

    /** Distance to the nearest track outside the directions in which the embeddings vary. */
    NETWORK("nearest neighbour, the network's embedding");

    private final String title;

    View(String title) {
        this.title = title;
    }

    /** What is compared. */
    public String title() {
        return title;
    }

    static int count() {
        return values().length;
    }
}
