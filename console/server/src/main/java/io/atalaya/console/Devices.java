package io.atalaya.console;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.SitePresence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The registered devices with their health, and who is on duty at each site. */
public final class Devices {
    /** A site is taken for down after this time without a sign of life. */
    private static final long DOWN_AFTER_MS = 120_000;

    private static final double EARTH_KM = 6371.0;

    /** Roads are longer than the straight line. */
    private static final double DETOUR = 1.3;

    private static final double MAX_NEXT_KM = 40;
    private static final int MAX_NEXT = 5;

    /** The health of a device, by what is reported of it. */
    public enum State {
        OK,
        FAULT,
        SILENT
    }

    /** A device as the map shows it. */
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
            List<String> faultItems) {}

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

    private record Known(Device device, String json) {}

    private final Map<String, Known> devices = new ConcurrentHashMap<>();
    private final Map<String, SitePresence> sites = new ConcurrentHashMap<>();
    private final Items items;

    public Devices(Items items) {
        this.items = items;
    }

    /** Takes a registration; null removes. */
    public void put(String deviceId, Device device, String json) {
        if (device == null) {
            if (deviceId == null || devices.remove(deviceId) == null) {
                return;
            }
        } else {
            deviceId = device.deviceId();
            devices.put(deviceId, new Known(device, json));
        }
        items.other("device:" + deviceId, viewer -> viewer.is(Role.values()));
    }

    public void presence(SitePresence presence) {
        SitePresence before = sites.put(presence.site(), presence);
        if (before == null || !before.positions().equals(presence.positions())) {
            items.other("sites", viewer -> viewer.is(Role.values()));
        }
    }

    public int size() {
        return devices.size();
    }

    public String json(String deviceId) {
        Known known = devices.get(deviceId);
        return known == null ? null : known.json;
    }

    /** All devices, as the viewer may know of their faults. */
    public List<Shown> all(Viewer viewer) {
        Map<String, List<Item>> faults = faults(viewer);
        return devices.values().stream().map(known -> shown(known.device, faults)).toList();
    }

    /** A device, or null. */
    public Shown get(String deviceId, Viewer viewer) {
        Known known = devices.get(deviceId);
        return known == null ? null : shown(known.device, faults(viewer));
    }

    /** Several devices, for a batch. */
    public List<Shown> some(List<String> deviceIds, Viewer viewer) {
        if (deviceIds.isEmpty()) {
            return List.of();
        }
        Map<String, List<Item>> faults = faults(viewer);
        return deviceIds.stream()
                .map(devices::get)
                .filter(known -> known != null)
                .map(known -> shown(known.device, faults))
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

    private static Shown shown(Device device, Map<String, List<Item>> faults) {
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
                of.stream().map(Item::id).toList());
    }

    public List<Site> sites() {
        long now = System.currentTimeMillis();
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

    /** The nearest arches from where a vehicle was last, without the one that it was at. */
    public List<Next> next(Item item) {
        if (item.kind() != Incident.Kind.VEHICLE || item.place() == null) {
            return List.of();
        }
        List<Next> next = new ArrayList<>();
        for (Known known : devices.values()) {
            Device device = known.device;
            if (device.kind() == Device.Kind.ARCH
                    && device.isPlaced()
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

    private static double kilometres(double lat1, double lon1, double lat2, double lon2) {
        double x = Math.toRadians(lon2 - lon1) * Math.cos(Math.toRadians((lat1 + lat2) / 2));
        double y = Math.toRadians(lat2 - lat1);
        return EARTH_KM * Math.hypot(x, y);
    }
}
