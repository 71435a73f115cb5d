package io.atalaya.dispatch.policy;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the kind of an event by its origin. What no kind names is {@link Kind#OTHER}. */
public final class KindIndex {
    private final Map<String, Kind> byName = new HashMap<>();
    private final Map<String, Kind> byAlert = new HashMap<>();
    private final Map<String, Kind> byCode = new HashMap<>();
    private final Map<String, Kind> byDeviceEvent = new HashMap<>();
    private final Map<String, Kind> byWarning = new HashMap<>();

    public KindIndex(List<Kind> kinds) {
        for (Kind kind : kinds) {
            byName.put(kind.name(), kind);
            kind.alerts().forEach(origin -> byAlert.put(origin, kind));
            kind.cnie().forEach(origin -> byCode.put(origin, kind));
            kind.devices().forEach(origin -> byDeviceEvent.put(origin, kind));
            kind.warnings().forEach(origin -> byWarning.put(origin, kind));
        }
    }

    /** The kind of that name, or else {@link Kind#OTHER}, if another policy named it. */
    public Kind named(String name) {
        return byName.getOrDefault(name, byName.get(Kind.OTHER));
    }

    /**
     * @param reason of the hot-list entry, or null
     */
    public Kind ofAlert(AlertType type, String reason) {
        return find(byAlert, type.wireName(), reason);
    }

    /**
     * The kind with the longest beginning of a call's code.
     *
     * @param code or null
     */
    public Kind ofCall(String code) {
        for (int length = code == null ? 0 : code.length(); length > 0; length--) {
            Kind kind = byCode.get(code.substring(0, length));
            if (kind != null) {
                return kind;
            }
        }
        return byName.get(Kind.OTHER);
    }

    /**
     * @param premises or null
     */
    public Kind ofDevice(DeviceEvent.Kind event, DeviceEvent.Premises premises) {
        return find(byDeviceEvent, event.name(), premises == null ? null : premises.name());
    }

    /** Whether any kind is made of such events. */
    public boolean isNamed(DeviceEvent.Kind event, DeviceEvent.Premises premises) {
        return byDeviceEvent.containsKey(event.name())
                || byDeviceEvent.containsKey(event.name() + "/" + premises);
    }

    public Kind ofWarning(String rule, boolean isExercise) {
        return find(byWarning, rule, isExercise ? "EXERCISE" : null);
    }

    private Kind find(Map<String, Kind> kinds, String origin, String part) {
        Kind kind = part == null ? null : kinds.get(origin + "/" + part);
        return kind != null ? kind : kinds.getOrDefault(origin, byName.get(Kind.OTHER));
    }
}
