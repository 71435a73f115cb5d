package io.atalaya.console.map;

import io.atalaya.console.item.BoundedRecords;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.Wall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The registered devices with their health, and who is on duty at each site. */
public final class Devices {
    /** A site is taken for down after this time without a sign of life, as by dispatch. */
    static final long DOWN_AFTER_MS = 15_000;

    /** With these begin the names of what has changed, before a site or an incident. */
    public static final String WALL = "videowall:";

    public static final String TASK = "drone-task:";

    private static final double EARTH_KM = 6371.0;

    /** Roads are longer than the straight line. */
    private static final double DETOUR = 1.3;

    private static final double MAX_NEXT_KM = 40;
    private static final int MAX_NEXT = 5;
    private static final int MAX_TASKS = 2_000;

    /** The health of a device, by what is reported of it. */
    public enum State {
        OK,
        FAULT,
        SILENT
    }

    /**
     * A device as the map shows it.
     *
     * @param trust score of a plain read at the device, or null if nothing was found out about it
     */
    public record Shown(
            String deviceId,
            Device.Kind kind,
            String site,
            String municipality,
            Double latitude,
            Double longitude,
            Double heading,
            Integer lanes,
            State health,
            List<String> faultItems,
            Double trust) {}

    /** Who is on duty at a site. */
    public record Site(
            String site,
            List<SitePresence.Position> positions,
            long time,
            long ageMs,
            boolean up) {}

    /** An arch that a vehicle can reach next. */
    public record Next(
            String deviceId,
            double latitude,
            double longitude,
            double kilometres,
            double minutesAt60) {}

    /** Without its revision, which also changes by panels that not all see. */
    private record ShownWall(String site, int size, List<Wall.Panel> panels) {}

    private record Known(Device device, String json) {}

    private final Map<String, Known> devices = new ConcurrentHashMap<>();
    private final Map<String, SitePresence> sites = new ConcurrentHashMap<>();
    private final Map<String, Wall> walls = new ConcurrentHashMap<>();
    private final BoundedRecords<DroneTask> tasks = new BoundedRecords<>(MAX_TASKS);
    private final Items items;
    private Set<String> upBefore = Set.of();

    public Devices(Items items) {
        this.items = items;
    }

    /** Takes a registration; null removes. */
    public void put(String deviceId, Device device, String json) {
        Known before;
        if (device == null) {
            before = deviceId == null ? null : devices.remove(deviceId);
            if (before == null) {
                return;
            }
        } else {
            deviceId = device.deviceId();
            before = devices.put(deviceId, new Known(device, json));
        }
        items.municipality(deviceId, device == null ? null : device.municipality());
        // Also who saw it before hears that it has gone to another site.
        items.other(
                "device:" + deviceId,
                viewer ->
                        viewer.isOneOf(Routes.MAP)
                                && (device != null && isOf(device, viewer)
                                        || before != null && isOf(before.device, viewer)));
    }

    private static boolean isOf(Device device, Viewer viewer) {
        return viewer.isOf(Viewer.sitesOf(device.site()));
    }

    public void presence(SitePresence presence) {
        SitePresence before = sites.put(presence.site(), presence);
        if (before == null || !before.positions().equals(presence.positions())) {
            items.other("sites", viewer -> viewer.isOneOf(Routes.MAP));
        }
    }

    /**
     * Takes which cameras a wall of screens shows.
     *
     * @return whether that is new to everybody
     */
    public boolean wall(Wall wall) {
        Wall before = walls.get(wall.site());
        if (before != null && before.revision() >= wall.revision()) {
            return false;
        }
        walls.put(wall.site(), wall);
        items.other(
                WALL + wall.site(),
                viewer -> viewer.isOf(Set.of(wall.site())) && looksDifferent(before, wall, viewer));
        return looksDifferent(before, wall, Viewer.EVERYBODY);
    }

    private boolean looksDifferent(Wall before, Wall wall, Viewer viewer) {
        return before == null
                || before.size() != wall.size()
                || !panels(before, viewer).equals(panels(wall, viewer));
    }

    /** A drone that could fly to an incident. */
    public void task(DroneTask task) {
        DroneTask before = tasks.get(task.incidentId());
        if (before == null || before.revision() < task.revision()) {
            tasks.put(
                    task.incidentId(), task, items.isRestricted(Item.INCIDENT + task.incidentId()));
            items.other(TASK + task.incidentId(), viewer -> sees(task, viewer));
        }
    }

    private boolean sees(DroneTask task, Viewer viewer) {
        return items.get(Item.INCIDENT + task.incidentId(), viewer) != null;
    }

    /** The walls as JSON, without panels whose incident the viewer may not know of. */
    public List<String> walls(Viewer viewer) {
        return walls.keySet().stream()
                .sorted()
                .map(site -> wall(site, viewer))
                .filter(Objects::nonNull)
                .toList();
    }

    /** One wall as JSON, or null. */
    public String wall(String site, Viewer viewer) {
        Wall wall = walls.get(site);
        if (wall == null || !viewer.isOf(Set.of(site))) {
            return null;
        }
        return Json.text(new ShownWall(site, wall.size(), panels(wall, viewer)));
    }

    private List<Wall.Panel> panels(Wall wall, Viewer viewer) {
        return wall.panels().stream()
                .filter(panel -> items.get(Item.INCIDENT + panel.incidentId(), viewer) != null)
                .toList();
    }

    /** The tasks of drones as JSON that the viewer may know of. */
    public List<String> tasks(Viewer viewer) {
        return tasks.all().stream()
                .filter(task -> sees(task, viewer))
                .map(task -> Json.text(DroneTask.CODEC.write(task)))
                .toList();
    }

    /** Whether this is the task of the incident that the item is. */
    public boolean isTaskOf(Item incident, String taskId) {
        DroneTask task = tasks.get(incident.bareId());
        return task != null && task.taskId().equals(taskId);
    }

    /** The task of an incident as JSON, or null. */
    public String task(String incidentId, Viewer viewer) {
        DroneTask task = tasks.get(incidentId);
        return task == null || !sees(task, viewer) ? null : Json.text(DroneTask.CODEC.write(task));
    }

    public String json(String deviceId) {
        Known known = devices.get(deviceId);
        return known == null ? null : known.json;
    }

    /** The devices of the viewer's sites, as the viewer may know of their faults. */
    public List<Shown> all(Viewer viewer) {
        return shown(devices.values().stream(), viewer);
    }

    /** A device, or null if there is none that is the viewer's. */
    public Shown get(String deviceId, Viewer viewer) {
        return some(List.of(deviceId), viewer).stream().findFirst().orElse(null);
    }

    /** Several devices, for a batch. */
    public List<Shown> some(List<String> deviceIds, Viewer viewer) {
        return deviceIds.isEmpty()
                ? List.of()
                : shown(deviceIds.stream().map(devices::get).filter(Objects::nonNull), viewer);
    }

    private List<Shown> shown(Stream<Known> some, Viewer viewer) {
        Map<String, List<Item>> faults = faults(viewer);
        Map<String, Double> trusts = items.trusts();
        return some.filter(known -> isOf(known.device, viewer))
                .map(known -> shown(known.device, faults, trusts, viewer))
                .toList();
    }

    private Map<String, List<Item>> faults(Viewer viewer) {
        Map<String, List<Item>> faults = new HashMap<>();
        for (Item item : items.visible(viewer)) {
            if (isFault(item)) {
                faults.computeIfAbsent(item.deviceId(), id -> new ArrayList<>()).add(item);
            }
        }
        return faults;
    }

    /** Whether the item is a fault of a device that is not over. */
    static boolean isFault(Item item) {
        return item.kind() == Incident.Kind.DEVICE_FAULT
                && item.deviceId() != null
                && item.list() != Item.Tray.DONE;
    }

    /** Who sees the map need not be one who reads items, and gets the ids of none. */
    private static Shown shown(
            Device device,
            Map<String, List<Item>> faults,
            Map<String, Double> trusts,
            Viewer viewer) {
        List<Item> of = faults.getOrDefault(device.deviceId(), List.of());
        boolean isSilent = of.stream().anyMatch(item -> item.type().contains("silent"));
        return new Shown(
                device.deviceId(),
                device.kind(),
                device.site(),
                device.municipality(),
                device.latitude(),
                device.longitude(),
                device.heading(),
                device.lanes(),
                of.isEmpty() ? State.OK : isSilent ? State.SILENT : State.FAULT,
                viewer.isOneOf(Routes.READING)
                        ? of.stream().map(Item::id).sorted().toList()
                        : List.of(),
                trusts.get(device.deviceId()));
    }

    /** Announces sites that have gone down or are back; called every second. */
    public void tick(long now) {
        Set<String> up = new TreeSet<>();
        for (Site site : sites(now)) {
            if (site.up) {
                up.add(site.site);
            }
        }
        if (!up.equals(upBefore)) {
            upBefore = up;
            items.other("sites", viewer -> viewer.isOneOf(Routes.MAP));
        }
    }

    public List<Site> sites() {
        return sites(System.currentTimeMillis());
    }

    private List<Site> sites(long now) {
        return sites.values().stream()
                .map(
                        each ->
                                new Site(
                                        each.site(),
                                        each.positions(),
                                        each.time(),
                                        now - each.time(),
                                        now - each.time() < DOWN_AFTER_MS
                                                && !each.positions().isEmpty()))
                .sorted(Comparator.comparing(Site::site))
                .toList();
    }

    /**
     * The nearest arches from where a vehicle was last, without the one that it was at and those
     * that it comes from.
     */
    public List<Next> next(Item item) {
        if (item.kind() != Incident.Kind.VEHICLE || item.place() == null) {
            return List.of();
        }
        List<Next> next = new ArrayList<>();
        Place from = comesFrom(item);
        for (Known known : devices.values()) {
            Device device = known.device;
            if (device.kind() == Device.Kind.ARCH
                    && device.isPlaced()
                    && !isBehind(device, item.place(), from)
                    && !device.deviceId().equals(item.deviceId())) {
                double km =
                        DETOUR
                                * kilometres(
                                        item.place().latitude(),
                                        item.place().longitude(),
                                        device.latitude(),
                                        device.longitude());
                if (km < MAX_NEXT_KM) {
                    next.add(
                            new Next(
                                    device.deviceId(),
                                    device.latitude(),
                                    device.longitude(),
                                    Math.round(km * 10) / 10.0,
                                    Math.round(km * 10) / 10.0));
                }
            }
        }
        next.sort(Comparator.comparingDouble(Next::kilometres));
        return List.copyOf(next.subList(0, Math.min(MAX_NEXT, next.size())));
    }

    /** Where the vehicle was before, or null. */
    private static Place comesFrom(Item item) {
        if (item.incident() == null) {
            return null;
        }
        return item.incident().route().stream()
                .map(Incident.RoutePoint::place)
                .filter(place -> !isAt(place, item.place()))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static boolean isAt(Place one, Place other) {
        return one.latitude() == other.latitude() && one.longitude() == other.longitude();
    }

    /** Whether a vehicle that goes on as it came moves away from a device. */
    private static boolean isBehind(Device device, Place at, Place from) {
        if (from == null) {
            return false;
        }
        double east = Math.cos(Math.toRadians(at.latitude()));
        double along =
                (device.latitude() - at.latitude()) * (at.latitude() - from.latitude())
                        + (device.longitude() - at.longitude())
                                * (at.longitude() - from.longitude())
                                * east
                                * east;
        return along < 0;
    }

    private static double kilometres(double lat1, double lon1, double lat2, double lon2) {
        double x = Math.toRadians(lon2 - lon1) * Math.cos(Math.toRadians((lat1 + lat2) / 2));
        double y = Math.toRadians(lat2 - lat1);
        return EARTH_KM * Math.hypot(x, y);
    }
}
