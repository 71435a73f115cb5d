package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Distance;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.score.EarlierReadParts;
import io.atalaya.hotlistmatch.score.PlateSyntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Evidence for an uncertain read from earlier reads: a certain read of the listed vehicle, or
 * repeated reads of the same other plate. Uses earlier passages as evaluated without such evidence,
 * so that conclusions do not build on each other.
 */
final class EarlierReadEvidence implements AlertContext {
    private static final double BEYOND_DOUBT = 0.95;
    private static final double FASTEST_KMH = 200;
    private static final double MS_AN_HOUR = 3_600_000;

    private final AlertContext devices;
    private final List<PassageRead> recognised = new ArrayList<>();
    private final List<PlateRead> others = new ArrayList<>();

    /**
     * Sorts the matches of earlier passages into certain reads and uncertain ones.
     *
     * @param before earlier passages, each evaluated alone
     */
    EarlierReadEvidence(List<EvaluatedPassage> before, AlertContext devices) {
        this.devices = devices;
        for (EvaluatedPassage passage : before) {
            if (!passage.isMatch() || passage.isCancelled()) {
                continue;
            }
            Match match = passage.currentMatch();
            HotlistEntry entry = match.interval().version().entry();
            if (isDoubtful(match.read(), entry)) {
                others.add(match.read().plateRead());
            } else if (entry.plate() != null
                    && match.score().posterior() >= BEYOND_DOUBT
                    && !match.read().isClockSuspect()) {
                recognised.add(match.read());
            }
        }
    }

    /** Whether the text read is not the listed plate. */
    private static boolean isDoubtful(PassageRead read, HotlistEntry entry) {
        return read.plateRead() != null
                && entry.plate() != null
                && CanonicalPlate.pack(read.plateText()) != CanonicalPlate.pack(entry.plate());
    }

    @Override
    public Device at(String deviceId, long arrival) {
        return devices.at(deviceId, arrival);
    }

    @Override
    public List<ScoreContribution> records(String source, String deviceId, long arrival) {
        return devices.records(source, deviceId, arrival);
    }

    @Override
    public List<ScoreContribution> earlier(PassageRead read, HotlistEntry entry) {
        if (!isDoubtful(read, entry)) {
            return List.of();
        }
        List<ScoreContribution> parts = new ArrayList<>(2);
        PassageRead last = read.isClockSuspect() ? null : lastOnTheWayTo(read);
        if (last != null) {
            parts.add(
                    EarlierReadParts.recognised(
                            last.deviceId(), read.deviceTime() - last.deviceTime()));
        }
        int times = timesRead(read.plateRead());
        if (times > 0) {
            parts.add(EarlierReadParts.knownText(read.plateText(), times, recognised.size()));
        }
        return parts;
    }

    /** Counts only a text that is a valid plate, because an invalid misread may well recur. */
    private int timesRead(PlateRead read) {
        if (!PlateSyntax.of(read.country()).canBePlate(read.plate())) {
            return 0;
        }
        long text = CanonicalPlate.pack(read.plate());
        return (int)
                others.stream().filter(other -> CanonicalPlate.pack(other.plate()) == text).count();
    }

    private PassageRead lastOnTheWayTo(PassageRead read) {
        PassageRead last = null;
        for (PassageRead earlier : recognised) {
            if (isOnTheWayTo(read, earlier)
                    && (last == null || earlier.deviceTime() > last.deviceTime())) {
                last = earlier;
            }
        }
        return last;
    }

    private boolean isOnTheWayTo(PassageRead read, PassageRead earlier) {
        long ms = read.deviceTime() - earlier.deviceTime();
        if (ms <= 0 || ms > EarlierReadParts.MAX_AGE_MS) {
            return false;
        }
        Device from = devices.at(earlier.deviceId(), earlier.arrivalTime());
        Device to = devices.at(read.deviceId(), read.arrivalTime());
        return from == null
                || to == null
                || !from.isPlaced()
                || !to.isPlaced()
                || Distance.upperBoundKm(
                                from.latitude(), from.longitude(), to.latitude(), to.longitude())
                        <= FASTEST_KMH * ms / MS_AN_HOUR;
    }
}
