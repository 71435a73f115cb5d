package io.atalaya.console.queue;

import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Subscription;
import io.atalaya.console.map.Devices;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A batch of changes as the server-sent events that one viewer receives. */
final class Batches {
    private static final String DEVICE = "device:";

    private final Items items;
    private final Mutes mutes;
    private final Devices devices;
    private final Views views;

    Batches(Items items, Mutes mutes, Devices devices, Views views) {
        this.items = items;
        this.mutes = mutes;
        this.devices = devices;
        this.views = views;
    }

    /**
     * The text of the events.
     *
     * @param cursor by which the browser goes on after it
     * @param isCounted whether it has the number of items
     * @param shown is called with each item that is in it and that all may know of: what it counts
     *     is counted for all
     */
    String text(
            Viewer viewer,
            Subscription.Batch batch,
            String cursor,
            long now,
            boolean isCounted,
            Consumer<Item> shown) {
        List<String> parts = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> changedDevices = new ArrayList<>();
        StringBuilder others = new StringBuilder();
        boolean isItems = viewer.isOneOf(Routes.READING);
        for (String name : batch.names()) {
            if (name.equals("mutes")) {
                parts.add("\"mutes\":" + Json.text(mutes.visible(viewer)));
            } else if (name.equals("sites")) {
                parts.add("\"sites\":" + Json.text(devices.sites()));
            } else if (name.startsWith(DEVICE)) {
                changedDevices.add(name.substring(DEVICE.length()));
            } else if (name.startsWith(Devices.WALL)) {
                if (viewer.is(Role.DISPATCHER, Role.SUPERVISOR, Role.WALL)) {
                    others.append(
                            Stream.event(
                                    "videowall",
                                    null,
                                    devices.wall(name.substring(Devices.WALL.length()), viewer)));
                }
            } else if (name.startsWith(Devices.TASK)) {
                String task = devices.task(name.substring(Devices.TASK.length()), viewer);
                if (task != null && viewer.is(Role.DISPATCHER, Role.SUPERVISOR)) {
                    others.append(Stream.event("drone-task", null, task));
                }
            } else if (isItems) {
                Item item = items.get(name, viewer);
                if (item != null) {
                    changed.add(views.json(item, viewer));
                    if (!item.isRestricted()) {
                        shown.accept(item);
                    }
                    if (item.kind() == Incident.Kind.DEVICE_FAULT && item.deviceId() != null) {
                        changedDevices.add(item.deviceId());
                    }
                } else if (!items.exists(name)) {
                    removed.add(name);
                }
            }
        }
        if (!changed.isEmpty()) {
            parts.add("\"items\":[" + String.join(",", changed) + "]");
        }
        if (!removed.isEmpty()) {
            parts.add("\"removed\":" + Json.text(removed));
        }
        if (!changedDevices.isEmpty()) {
            List<Devices.Shown> some = devices.some(changedDevices, viewer);
            parts.add("\"devices\":" + Json.text(some));
            Set<String> seen =
                    some.stream().map(Devices.Shown::deviceId).collect(Collectors.toSet());
            List<String> gone = changedDevices.stream().filter(id -> !seen.contains(id)).toList();
            if (!gone.isEmpty()) {
                parts.add("\"removedDevices\":" + Json.text(gone));
            }
        }
        if (isItems && isCounted) {
            parts.add("\"counts\":" + Json.text(views.counts(viewer)));
        }
        parts.add("\"sentAt\":" + now);
        // The batch last, because its number says that all before it was sent.
        return others + Stream.event("batch", cursor, "{" + String.join(",", parts) + "}");
    }
}
