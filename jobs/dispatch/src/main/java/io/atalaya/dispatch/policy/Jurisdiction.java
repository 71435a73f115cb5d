package io.atalaya.dispatch.policy;

import io.atalaya.contracts.dispatch.Place;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** In which municipality a place is, and which command centre answers for it. */
public final class Jurisdiction {
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final Map<String, String> sites;
    private final STRtree tree = new STRtree();

    /**
     * @param site null where the policy names none
     */
    public record Municipality(String name, String site) {}

    /**
     * @param order in the file; where two polygons overlap the first one applies
     */
    private record Polygon(int order, String name, PreparedGeometry geometry) {}

    /**
     * @param sites by municipality
     * @param polygons by municipality, in degrees, x is the longitude
     */
    Jurisdiction(Map<String, String> sites, Map<String, Geometry> polygons) {
        this.sites = Map.copyOf(sites);
        int order = 0;
        for (Map.Entry<String, Geometry> polygon : polygons.entrySet()) {
            tree.insert(
                    polygon.getValue().getEnvelopeInternal(),
                    new Polygon(
                            order++,
                            polygon.getKey(),
                            PreparedGeometryFactory.prepare(polygon.getValue())));
        }
        tree.build();
    }

    /**
     * Where a place is, or null if no polygon holds it. An uncertain place is where its centre is.
     */
    public Municipality at(Place place) {
        Coordinate centre = new Coordinate(place.longitude(), place.latitude());
        Point point = GEOMETRIES.createPoint(centre);
        return near(new Envelope(centre)).stream()
                .filter(polygon -> polygon.geometry.covers(point))
                .min(Comparator.comparingInt(Polygon::order))
                .map(polygon -> new Municipality(polygon.name, sites.get(polygon.name)))
                .orElse(null);
    }

    /** The command centre of a municipality, or null. */
    public String site(String municipality) {
        return municipality == null ? null : sites.get(municipality);
    }

    /** Whether there are polygons, so that a place outside of them is outside of the state. */
    public boolean hasPolygons() {
        return !tree.isEmpty();
    }

    /** All municipalities that an area touches. */
    public Set<String> touched(Geometry area) {
        Set<String> touched = new TreeSet<>();
        for (Polygon polygon : near(area.getEnvelopeInternal())) {
            if (polygon.geometry.intersects(area)) {
                touched.add(polygon.name);
            }
        }
        return touched;
    }

    @SuppressWarnings("unchecked")
    private List<Polygon> near(Envelope envelope) {
        return tree.query(envelope);
    }
}
