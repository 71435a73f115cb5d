package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.device.Device;
import io.atalaya.device.Distance;
import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.passage.Observed;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.score.EarlierRead;
import io.atalaya.plate.CanonicalPlate;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the listed vehicle itself was recognised without doubt, for the doubtful reads that follow.
 * Nothing is concluded from what was concluded so.
 */
final class EarlierReads implements Devices {
    private static final double BEYOND_DOUBT = 0.95;
    private static final double FASTEST_KMH = 200;
    private static final double MS_AN_HOUR = 3_600_000;

    private final Devices devices;
    private final List<Observed> recognised;

    private EarlierReads(Devices devices, List<Observed> recognised) {
        this.devices = devices;
        this.recognised = recognised;
    }

    /**
     * @param passages as judged each by itself
     */
    static Devices of(List<Judged> passages, Devices devices) {
        List<Observed> recognised = new ArrayList<>();
        for (Judged passage : passages) {
            if (passage.isMatch() && !passage.isCancelled() && isBeyondDoubt(passage.voice())) {
                recognised.add(passage.voice().read());
            }
        }
        return recognised.isEmpty() ? devices : new EarlierReads(devices, recognised);
    }

    private static boolean isBeyondDoubt(Fit fit) {
        return fit.score().posterior() >= BEYOND_DOUBT
                && fit.span().version().entry().plate() != null
                && !fit.read().clockSuspect();
    }

    private static boolean isDoubtful(Observed read, HotlistEntry entry) {
        return read instanceof Sighting sighting
                && entry.plate() != null
                && CanonicalPlate.pack(sighting.read().plate())
                        != CanonicalPlate.pack(entry.plate());
    }

    @Override
    public Device at(String deviceId, long arrival) {
        return devices.at(deviceId, arrival);
    }

    @Override
    public List<Part> records(String source, String deviceId, long arrival) {
        return devices.records(source, deviceId, arrival);
    }

    @Override
    public List<Part> earlier(Observed read, HotlistEntry entry) {
        if (!isDoubtful(read, entry) || read.clockSuspect()) {
            return List.of();
        }
        Observed last = null;
        for (Observed earlier : recognised) {
            if (isOnTheWayTo(read, earlier) && (last == null || earlier.time() > last.time())) {
                last = earlier;
            }
        }
        return last == null
                ? List.of()
                : List.of(EarlierRead.part(last.deviceId(), read.time() - last.time()));
    }

    private boolean isOnTheWayTo(Observed read, Observed earlier) {
        long ms = read.time() - earlier.time();
        if (ms <= 0
                || ms > EarlierRead.LONGEST_MS
                || earlier.at() > read.at()
                || earlier.passageId().equals(read.passageId())) {
            return false;
        }
        Device from = devices.at(earlier.deviceId(), earlier.arrival());
        Device to = devices.at(read.deviceId(), read.arrival());
        return from == null
                || to == null
                || from.latitude() == null
                || to.latitude() == null
                || Distance.atMostKm(
                                from.latitude(), from.longitude(), to.latitude(), to.longitude())
                        <= FASTEST_KMH * ms / MS_AN_HOUR;
    }
}
