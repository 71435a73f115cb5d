package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.Outage;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;
import io.atalaya.simulator.truth.ReadClass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the ground truth while the records are generated. */
final class GroundTruthWriter {
    /** A vehicle this close in the same lane makes it unclear whose tag was read. */
    private static final long NEAR_MS = 3_000;

    /** Faster than any vehicle, with a margin for clock and position errors. */
    private static final long PROOF_KMH = 300;

    private record ReadAtArch(String readId, long time, Device arch, boolean isExact) {}

    private final CityOptions options;
    private final ScenarioPlan plan;
    private final Outage outage;
    private final List<WantedPassage> wanted = new ArrayList<>();
    private final List<Passage> passages = new ArrayList<>();
    private final List<String> mismatches = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();
    private final Map<String, List<ReadAtArch>> watched = new HashMap<>();
    private final long[] lastInLane;
    private final String[] openMismatch;

    GroundTruthWriter(CityOptions options, ScenarioPlan plan, int arches, Outage outage) {
        this.options = options;
        this.plan = plan;
        this.outage = outage;
        this.lastInLane = new long[arches * Lanes.MAX_LANES];
        this.openMismatch = new String[arches * Lanes.MAX_LANES];
        for (ScenarioPlan.Clone clone : plan.clones()) {
            watched.put(clone.first().id(), new ArrayList<>());
            watched.put(clone.second().id(), new ArrayList<>());
        }
        for (ScenarioPlan.Convoy convoy : plan.convoys()) {
            watched.put(convoy.listed().id(), new ArrayList<>());
        }
    }

    void wanted(WantedPassage passage) {
        wanted.add(passage);
    }

    /**
     * Adds the passage of a vehicle at an arch; calls are in time order.
     *
     * @param staleTag whether the tag is registered to an earlier plate, which cannot be
     *     distinguished from a swap
     * @param wanted whether it is a listed vehicle
     */
    void passed(
            Passage passage,
            int archIndex,
            int lane,
            Device arch,
            boolean staleTag,
            boolean wanted) {
        boolean exact = passage.readClass().equals(ReadClass.EXACT.wireName());
        boolean otherPlate = passage.tag() && !passage.shown().equals(passage.registered());
        List<ReadAtArch> reads = watched.get(passage.vehicle());
        if (reads != null) {
            reads.add(new ReadAtArch(passage.readId(), passage.time(), arch, exact));
        }
        boolean notable = !exact || otherPlate || wanted || reads != null;
        if (options.passages() == PassagesKept.ALL
                || options.passages() == PassagesKept.NOTABLE && notable) {
            passages.add(passage);
        }
        int slot = archIndex * Lanes.MAX_LANES + lane;
        boolean near = passage.time() - lastInLane[slot] < NEAR_MS;
        lastInLane[slot] = passage.time();
        if (near && openMismatch[slot] != null) {
            mismatches.remove(openMismatch[slot]);
            unclear.add(openMismatch[slot]);
        }
        openMismatch[slot] = null;
        if (otherPlate) {
            if (exact && !near && !staleTag) {
                mismatches.add(passage.readId());
                openMismatch[slot] = passage.readId();
            } else {
                unclear.add(passage.readId());
            }
        }
    }

    /** Adds the revision of a misread plate whose tag names another one. */
    void unclearMismatch(String readId) {
        unclear.add(readId);
    }

    GroundTruth truth() {
        return new GroundTruth(
                options.seed(),
                options.start(),
                options.minutes(),
                plan.listings().stream().map(GroundTruthWriter::entry).toList(),
                List.copyOf(wanted),
                plan.clones().stream().map(this::clone).toList(),
                plan.convoys().stream().map(this::convoy).toList(),
                List.copyOf(mismatches),
                List.copyOf(unclear),
                List.of(),
                outage,
                List.copyOf(passages));
    }

    private static GroundTruth.Entry entry(Listing listing) {
        return new GroundTruth.Entry(
                listing.entry().entryId(),
                listing.vehicle().id(),
                listing.vehicle().plate(),
                listing.entry().pattern(),
                listing.isByTag(),
                listing.addedAt(),
                listing.removedAt(),
                listing.entry().validUntil());
    }

    private GroundTruth.Clone clone(ScenarioPlan.Clone clone) {
        List<ReadAtArch> first = watched.get(clone.first().id());
        List<ReadAtArch> second = watched.get(clone.second().id());
        long kmh = 0;
        long proven = 0;
        for (ReadAtArch a : first) {
            for (ReadAtArch b : second) {
                double hours = Math.max(1, Math.abs(a.time() - b.time())) / 3_600_000.0;
                long speed = Math.round(Roads.straightKm(a.arch(), b.arch()) / hours);
                kmh = Math.max(kmh, speed);
                if (a.isExact() && b.isExact()) {
                    proven = Math.max(proven, speed);
                }
            }
        }
        return new GroundTruth.Clone(
                clone.plate(),
                List.of(clone.first().id(), clone.second().id()),
                kmh,
                List.of(readIds(first), readIds(second)),
                proven,
                proven > PROOF_KMH);
    }

    private GroundTruth.Convoy convoy(ScenarioPlan.Convoy convoy) {
        return new GroundTruth.Convoy(
                convoy.listed().id(),
                convoy.listed().plate(),
                convoy.companions().stream().map(RegisteredVehicle::plate).toList(),
                readIds(watched.get(convoy.listed().id())));
    }

    private static List<String> readIds(List<ReadAtArch> reads) {
        return reads.stream().map(ReadAtArch::readId).toList();
    }
}
