package io.atalaya.dispatch.policy;

import io.atalaya.dispatch.policy.PolicyReader.Fault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The polygons of municipalities: a GeoJSON FeatureCollection (RFC 7946) of polygons with a {@code
 * name}. A fault has the line on which its feature starts.
 */
final class MunicipalityFile {
    static final String NAME = "municipalities.geojson";

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MIN_POSITIONS = 4;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final Set<String> known;
    private final Map<String, Geometry> polygons = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /** Of the feature that is being read. */
    private int line = 1;

    /**
     * @param known municipalities of the routing, or null if that is not readable itself
     */
    private MunicipalityFile(Set<String> known) {
        this.known = known;
    }

    static MunicipalityFile read(String text, Set<String> known) {
        MunicipalityFile file = new MunicipalityFile(known);
        if (text.length() > MAX_LENGTH) {
            file.fault(
                    "got %d characters, expected at most %d: simplify the borders",
                    text.length(), MAX_LENGTH);
            return file;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            file.collection(parser);
        } catch (JsonProcessingException e) {
            file.line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            file.fault("%s", e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text", e);
        }
        return file;
    }

    List<Fault> faults() {
        return faults;
    }

    /** By name, in the order of the file. */
    Map<String, Geometry> polygons() {
        return polygons;
    }

    private void collection(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            fault("expected a FeatureCollection");
            return;
        }
        String type = null;
        int features = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value.isScalarValue()) {
                type = parser.getText();
            } else if (name.equals("features") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    line = parser.currentTokenLocation().getLineNr();
                    feature("features." + features++, JSON.readTree(parser));
                }
            } else {
                parser.skipChildren();
            }
        }
        line = 1;
        if (!"FeatureCollection".equals(type)) {
            fault("type: got %s, expected FeatureCollection", type);
        } else if (features == 0) {
            fault("features: got none, expected the municipalities");
        }
        if (parser.nextToken() != null) {
            line = parser.currentTokenLocation().getLineNr();
            fault("got more after the FeatureCollection, expected its end");
        }
    }

    private void feature(String at, JsonNode feature) {
        String name = feature.path("properties").path("name").asText();
        if (known != null && !known.contains(name)) {
            fault(
                    "%s.properties.name: got '%s', expected a municipality of routing.yaml",
                    at, name);
        }
        int before = faults.size();
        JsonNode coordinates = feature.path("geometry").path("coordinates");
        String type = feature.path("geometry").path("type").asText();
        List<Polygon> parts = new ArrayList<>();
        String where = at + ".geometry.coordinates";
        if (type.equals("Polygon")) {
            parts.add(polygon(where, coordinates));
        } else if (type.equals("MultiPolygon")) {
            if (!coordinates.isArray()) {
                fault("%s: got %s, expected polygons", where, coordinates);
                return;
            }
            for (int i = 0; i < coordinates.size(); i++) {
                parts.add(polygon(where + "." + i, coordinates.get(i)));
            }
        } else {
            fault("%s.geometry.type: got '%s', expected Polygon or MultiPolygon", at, type);
        }
        if (faults.size() > before) {
            return;
        }
        Geometry geometry =
                parts.size() == 1
                        ? parts.get(0)
                        : GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new));
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (geometry.isEmpty()) {
            fault("%s: got no position, expected a polygon", where);
        } else if (error != null) {
            fault(
                    "%s: %s (%s) at %s, %s, expected borders that do not cross themselves",
                    where,
                    error.getMessage(),
                    name,
                    error.getCoordinate().x,
                    error.getCoordinate().y);
        } else if (polygons.put(name, geometry) != null) {
            fault("%s.properties.name: got '%s' twice, expected one MultiPolygon", at, name);
        }
    }

    /** Null with a fault. */
    private Polygon polygon(String at, JsonNode rings) {
        if (!rings.isArray() || rings.isEmpty()) {
            fault("%s: expected rings of positions", at);
            return null;
        }
        List<LinearRing> closed = new ArrayList<>();
        for (int i = 0; i < rings.size(); i++) {
            Coordinate[] positions = positions(at + "." + i, rings.get(i));
            if (positions == null) {
                return null;
            }
            closed.add(GEOMETRIES.createLinearRing(positions));
        }
        return GEOMETRIES.createPolygon(
                closed.get(0), closed.subList(1, closed.size()).toArray(LinearRing[]::new));
    }

    /** Null with a fault. */
    private Coordinate[] positions(String at, JsonNode ring) {
        if (!ring.isArray()) {
            fault("%s: got %s, expected an array of positions", at, ring);
            return null;
        }
        Coordinate[] positions = new Coordinate[ring.size()];
        for (int i = 0; i < positions.length; i++) {
            JsonNode position = ring.get(i);
            JsonNode longitude = position.path(0);
            JsonNode latitude = position.path(1);
            if (!longitude.isNumber()
                    || !latitude.isNumber()
                    || Math.abs(longitude.doubleValue()) > 180
                    || Math.abs(latitude.doubleValue()) > 90) {
                fault(
                        "%s.%d: got %s, expected longitude and latitude, in degrees",
                        at, i, position);
                return null;
            }
            positions[i] = new Coordinate(longitude.doubleValue(), latitude.doubleValue());
        }
        if (positions.length < MIN_POSITIONS) {
            fault(
                    "%s: got %d positions, expected at least %d",
                    at, positions.length, MIN_POSITIONS);
            return null;
        }
        if (!positions[0].equals2D(positions[positions.length - 1])) {
            fault(
                    "%s: got an open ring from %s to %s, expected the first position at the end",
                    at, ring.get(0), ring.get(ring.size() - 1));
            return null;
        }
        return positions;
    }

    private void fault(String text, Object... values) {
        faults.add(new Fault(NAME, line, text.formatted(values)));
    }
}
