package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.plate.Compass;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.apache.commons.csv.CSVRecord;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The highways and their arches: one at every place of {@code places.csv}, and more in the middle
 * of the longest stretches of {@code roads.csv}, dense roads first, up to the requested number.
 */
final class Roads {
    static final String TIMEZONE = "America/Mexico_City";

    /** Ratio of road length to straight-line distance; an estimate, not measured. */
    private static final double WINDING = 1.15;

    /** The place of an arch. */
    record Place(String municipality, String site, double latitude, double longitude) {}

    /**
     * One direction of a road between two neighbouring arches.
     *
     * @param kmh typical speed
     * @param lane first lane of this direction at the arch {@code to}
     * @param lanes lanes in this direction
     */
    record Stretch(
            int id,
            int from,
            int to,
            double km,
            double kmh,
            int lane,
            int lanes,
            Compass direction) {

        /** Typical travel time in milliseconds. */
        double typicalMillis() {
            return km / kmh * 3_600_000;
        }
    }

    private record Link(int a, int b, int lanes, double kmh, double density, double km) {
        Link between(int from, int to) {
            return new Link(from, to, lanes, kmh, density, km / 2);
        }
    }

    private final List<Device> arches;
    private final List<Stretch> stretches;
    private final List<List<Stretch>> leaving;

    private Roads(List<Device> arches, List<Stretch> stretches) {
        this.arches = List.copyOf(arches);
        this.stretches = List.copyOf(stretches);
        this.leaving = new ArrayList<>();
        for (int i = 0; i < arches.size(); i++) {
            leaving.add(new ArrayList<>());
        }
        stretches.forEach(s -> leaving.get(s.from()).add(s));
    }

    /** Builds the network with that many arches. */
    static Roads build(int archCount) {
        List<Place> places = new ArrayList<>();
        Map<String, Integer> byName = new HashMap<>();
        for (CSVRecord row : CsvTable.rows("places.csv")) {
            byName.put(row.get("place"), places.size());
            places.add(
                    new Place(
                            row.get("municipality"),
                            row.get("site"),
                            Double.parseDouble(row.get("latitude")),
                            Double.parseDouble(row.get("longitude"))));
        }
        List<Link> links = links(places, byName, archCount);
        return new Roads(devices(places, links), stretches(places, links));
    }

    List<Device> arches() {
        return arches;
    }

    Device arch(int index) {
        return arches.get(index);
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /**
     * The stretches that continue from the end of a stretch; a U-turn is possible only where the
     * road ends.
     */
    List<Stretch> onward(Stretch stretch) {
        List<Stretch> all = leaving.get(stretch.to());
        if (all.size() == 1) {
            return all;
        }
        List<Stretch> onward = new ArrayList<>(all.size());
        for (Stretch next : all) {
            if (next.to() != stretch.from()) {
                onward.add(next);
            }
        }
        return onward;
    }

    boolean isDeadEnd(int arch) {
        return leaving.get(arch).size() == 1;
    }

    /** Straight-line distance between two arches, in kilometres. */
    double straightKm(int a, int b) {
        return straightKm(arches.get(a), arches.get(b));
    }

    static double straightKm(Device a, Device b) {
        return Geodesic.WGS84.Inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude()).s12
                / 1000;
    }

    private static List<Link> links(
            List<Place> places, Map<String, Integer> byName, int archCount) {
        PriorityQueue<Link> longest =
                new PriorityQueue<>(
                        Comparator.comparingDouble((Link l) -> -l.km() * l.density())
                                .thenComparingInt(Link::a)
                                .thenComparingInt(Link::b));
        Set<List<Integer>> known = new HashSet<>();
        for (CSVRecord row : CsvTable.rows("roads.csv")) {
            int lanes = Integer.parseInt(row.get("lanes"));
            double kmh = Double.parseDouble(row.get("typicalKmh"));
            double density = Double.parseDouble(row.get("arches"));
            String[] names = row.get("places").split(" ");
            for (int i = 0; i + 1 < names.length; i++) {
                int a = byName.get(names[i]);
                int b = byName.get(names[i + 1]);
                if (!known.add(List.of(Math.min(a, b), Math.max(a, b)))) {
                    throw new IllegalStateException(names[i] + "–" + names[i + 1] + ": two roads");
                }
                longest.add(new Link(a, b, lanes, kmh, density, line(places, a, b).s12 / 1000));
            }
        }
        while (places.size() < archCount) {
            Link split = longest.poll();
            GeodesicData line = line(places, split.a(), split.b());
            GeodesicData middle =
                    Geodesic.WGS84.Direct(line.lat1, line.lon1, line.azi1, line.s12 / 2);
            Place near = places.get(split.a());
            places.add(
                    new Place(
                            near.municipality(),
                            near.site(),
                            micro(middle.lat2),
                            micro(middle.lon2)));
            int m = places.size() - 1;
            longest.add(split.between(split.a(), m));
            longest.add(split.between(m, split.b()));
        }
        List<Link> links = new ArrayList<>(longest);
        links.sort(Comparator.comparingInt(Link::a).thenComparingInt(Link::b));
        return links;
    }

    private static List<Device> devices(List<Place> places, List<Link> links) {
        Map<Integer, Link> widest = new LinkedHashMap<>();
        for (Link link : links) {
            widest.merge(link.a(), link, (x, y) -> y.lanes() > x.lanes() ? y : x);
            widest.merge(link.b(), link, (x, y) -> y.lanes() > x.lanes() ? y : x);
        }
        List<Device> devices = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Link link = widest.get(i);
            double heading = Math.rint((line(places, link.a(), link.b()).azi1 + 360) % 360);
            devices.add(
                    new Device(
                            String.format(Locale.ROOT, "ARCO-%03d", i + 1),
                            Device.Kind.ARCH,
                            place.site(),
                            place.municipality(),
                            place.latitude(),
                            place.longitude(),
                            heading,
                            link.lanes(),
                            null,
                            TIMEZONE));
        }
        return devices;
    }

    private static List<Stretch> stretches(List<Place> places, List<Link> links) {
        List<Stretch> stretches = new ArrayList<>(links.size() * 2);
        for (Link link : links) {
            GeodesicData line = line(places, link.a(), link.b());
            int half = Math.max(1, link.lanes() / 2);
            double km = link.km() * WINDING;
            stretches.add(
                    new Stretch(
                            stretches.size(),
                            link.a(),
                            link.b(),
                            km,
                            link.kmh(),
                            0,
                            half,
                            Compass.ofDegrees(line.azi1)));
            stretches.add(
                    new Stretch(
                            stretches.size(),
                            link.b(),
                            link.a(),
                            km,
                            link.kmh(),
                            half,
                            half,
                            Compass.ofDegrees(line.azi1 + 180)));
        }
        return stretches;
    }

    private static GeodesicData line(List<Place> places, int a, int b) {
        return Geodesic.WGS84.Inverse(
                places.get(a).latitude(),
                places.get(a).longitude(),
                places.get(b).latitude(),
                places.get(b).longitude());
    }

    private static double micro(double degrees) {
        return Math.rint(degrees * 1e6) / 1e6;
    }
}
