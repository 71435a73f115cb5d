package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.PublicWarning.Area;
import io.atalaya.contracts.warning.PublicWarning.Circle;
import io.atalaya.contracts.warning.PublicWarning.Point;
import io.atalaya.dispatch.policy.Jurisdiction;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.util.GeometricShapeFactory;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which municipalities the area of a public warning concerns. */
final class WarningArea {
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    /** A little too small, so that a circle becomes too large rather than too small. */
    private static final double KM_PER_DEGREE = 110;

    /** A larger circle is a continent. */
    private static final double MAX_CIRCLE_KM = 2_000;

    private final Jurisdiction jurisdiction;

    WarningArea(Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
    }

    /**
     * The municipalities that the warning's areas touch; null where an area is not known exactly,
     * so that it excludes none.
     */
    Set<String> municipalities(PublicWarning warning) {
        List<Area> areas = warning.infos().stream().flatMap(info -> info.areas().stream()).toList();
        if (!jurisdiction.hasPolygons() || areas.isEmpty()) {
            return null;
        }
        Set<String> touched = new TreeSet<>();
        for (Area area : areas) {
            if (area.extentUnknown()
                    || !area.geocodes().isEmpty()
                    || (area.polygons().isEmpty() && area.circles().isEmpty())) {
                return null;
            }
            area.polygons().forEach(each -> touched.addAll(jurisdiction.touched(polygon(each))));
            for (Circle circle : area.circles()) {
                if (circle.radiusKm() > MAX_CIRCLE_KM) {
                    return null;
                }
                touched.addAll(jurisdiction.touched(circle(circle)));
            }
        }
        return touched;
    }

    private static Geometry polygon(List<Point> corners) {
        Coordinate[] ring = new Coordinate[corners.size() + 1];
        for (int i = 0; i < ring.length; i++) {
            Point corner = corners.get(i % corners.size());
            ring[i] = new Coordinate(corner.longitude(), corner.latitude());
        }
        Geometry polygon = GEOMETRIES.createPolygon(ring);
        // What crosses itself has no inside. Its hull excludes nothing that it could mean.
        return polygon.isValid() ? polygon : polygon.convexHull();
    }

    private static Geometry circle(Circle circle) {
        double north = circle.radiusKm() / KM_PER_DEGREE;
        double east = north / Math.max(0.1, Math.cos(Math.toRadians(circle.latitude())));
        GeometricShapeFactory shape = new GeometricShapeFactory(GEOMETRIES);
        shape.setCentre(new Coordinate(circle.longitude(), circle.latitude()));
        shape.setHeight(2 * Math.max(north, 1e-6));
        shape.setWidth(2 * Math.max(east, 1e-6));
        return shape.createEllipse();
    }
}
