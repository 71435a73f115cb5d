package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;

import java.util.Map;

/** One version of an entry and the interval in which it is on the list, in arrival time. */
final class ListedVersion {
    private final HotlistEntry entry;
    private final long plate;
    private final PlatePattern pattern;
    private final long from;
    private long to = Long.MAX_VALUE;

    ListedVersion(HotlistEntry entry, long from) {
        this.entry = entry;
        this.plate = entry.plate() == null ? 0 : CanonicalPlate.pack(entry.plate());
        this.pattern =
                entry.pattern() == null ? null : PlatePattern.compile(entry.pattern(), false);
        this.from = from;
    }

    void endAt(long arrival) {
        to = arrival;
    }

    String entryId() {
        return entry.entryId();
    }

    /** The listed country, or null. */
    String country() {
        return entry.country();
    }

    /** Packed canonical form, or 0. */
    long plate() {
        return plate;
    }

    PlatePattern pattern() {
        return pattern;
    }

    /**
     * Whether the entry covers a read of this place and time; an unknown place or direction is
     * covered.
     */
    boolean asksFor(PlateRead read, long arrival, Map<String, Device> devices) {
        return arrival >= from
                && arrival < to
                && entry.isValidAt(read.time())
                && covers(read, devices.get(read.deviceId()));
    }

    private boolean covers(PlateRead read, Device device) {
        return (entry.scope().devices().isEmpty()
                        || entry.scope().devices().contains(read.deviceId()))
                && (entry.scope().directions().isEmpty()
                        || read.direction() == null
                        || entry.scope().directions().contains(read.direction()))
                && (entry.scope().sites().isEmpty()
                        || device == null
                        || device.site() == null
                        || entry.scope().sites().contains(device.site()));
    }
}
