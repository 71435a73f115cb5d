package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.alerting.EntryState.VersionInterval;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Random events around one entry within some minutes, and the facts that the operators before the
 * alert function derive from them.
 *
 * @param devices when each of them is registered, in s; null: never
 */
record CaseStory(List<Listing> listings, List<Pass> passes, List<Integer> devices) {
    static final long START = 1_767_268_800_000L;
    static final String ENTRY = "MX-15-0001";

    static final String PLATE = "NKR4816";

    /** Another plate, near none of the texts. */
    private static final String OTHER_PLATE = "XZA7734";

    /**
     * Equal; a look-alike; one edit away and no valid plate; one edit away and a valid plate; far
     * away.
     */
    private static final List<String> TEXTS =
            List.of("NKR-48-16", "NKR4B16", "NKRA816", "NKR4817", "FGH9999");

    /**
     * A version of the entry.
     *
     * @param after s since the previous version ended, or since the start
     * @param lasts s
     * @param other looks for another plate
     * @param expires s since it started, or null
     */
    record Listing(int after, int lasts, int priority, boolean other, Integer expires) {}

    /**
     * A passage: a read, its revisions and its withdrawal.
     *
     * @param at device time, s since the start
     * @param lag until it arrives, s
     * @param texts of the read and of its revisions
     * @param pause before each revision, s
     * @param withdrawn the last read is withdrawn
     * @param ocrResult log-odds that the image of each read adds for the plate, or null
     */
    record Pass(
            int device,
            int at,
            int lag,
            List<Integer> texts,
            int pause,
            boolean withdrawn,
            Float ocrResult) {

        /** A passage without images. */
        Pass(int device, int at, int lag, List<Integer> texts, int pause, boolean withdrawn) {
            this(device, at, lag, texts, pause, withdrawn, null);
        }
    }

    /** A registration of a device. */
    record Registered(String deviceId, DeviceHistory.Registration registration) {}

    /** Any story; jqwik shrinks to smaller ones. */
    static Arbitrary<CaseStory> any() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 15).map(m -> m * 60);
        // Two versions never start in the same millisecond.
        Arbitrary<Integer> lasts = minutes.map(m -> m + 1);
        Arbitrary<Listing> listings =
                Combinators.combine(
                                Arbitraries.of(0, 0, 0, 60, 300),
                                lasts,
                                Arbitraries.of(80, 40, 0),
                                Arbitraries.of(false, false, false, true),
                                minutes.injectNull(0.7))
                        .as(Listing::new);
        Arbitrary<Pass> passes =
                Combinators.combine(
                                Arbitraries.integers().between(0, 2),
                                Arbitraries.integers().between(0, 90).map(t -> t * 20),
                                Arbitraries.of(0, 0, 1, 90),
                                Arbitraries.integers()
                                        .between(0, TEXTS.size() - 1)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(3),
                                Arbitraries.of(1, 30, 200),
                                Arbitraries.of(false, false, true),
                                Arbitraries.of(-4.5f, -1f, 0f, 4.5f).injectNull(0.5))
                        .as(Pass::new);
        return Combinators.combine(
                        listings.list().ofMinSize(1).ofMaxSize(3),
                        passes.list().ofMinSize(1).ofMaxSize(6),
                        minutes.injectNull(0.2).list().ofSize(3))
                .as(CaseStory::new);
    }

    /**
     * The entry's versions and their ends, in the order in which the alert function receives them.
     */
    List<EntryEvent> listFacts() {
        List<EntryEvent> facts = new ArrayList<>();
        for (Version version : versions()) {
            facts.add(new EntryEvent.VersionStarted(version.version()));
            if (version.to() != VersionInterval.OPEN) {
                facts.add(
                        new EntryEvent.VersionEnded(
                                ENTRY,
                                version.version().inForceFrom(),
                                version.to(),
                                version.replaced(),
                                RecordPosition.UNKNOWN));
            }
        }
        return facts;
    }

    /** The reads and retractions that bucket matching and past-read matching find. */
    List<EntryEvent> findings() {
        List<EntryEvent> facts = new ArrayList<>();
        for (int i = 0; i < passes.size(); i++) {
            for (Event event : events(passes.get(i), "R" + i)) {
                for (Version version : versions()) {
                    String plate = version.version().entry().plate();
                    if (event.texts().stream().anyMatch(text -> isNear(text, plate))) {
                        facts.add(
                                new EntryEvent.ReadMatched(
                                        ENTRY, version.version().inForceFrom(), event.event()));
                        // The emission without waiting for the OCR result.
                        if (event.event() instanceof EnrichedRead enrichedRead
                                && enrichedRead.ocrResult() != null) {
                            facts.add(
                                    new EntryEvent.ReadMatched(
                                            ENTRY,
                                            version.version().inForceFrom(),
                                            enrichedRead.with(null)));
                        }
                    }
                }
            }
        }
        return facts;
    }

    List<Registered> registrations() {
        List<Registered> facts = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i) != null) {
                Device device =
                        new Device(
                                "D" + i,
                                Device.Kind.ARCH,
                                "TOLUCA",
                                "Metepec",
                                19.25 + 0.1 * i,
                                -99.6,
                                90.0,
                                2,
                                null,
                                null);
                facts.add(
                        new Registered(
                                device.deviceId(),
                                new DeviceHistory.Registration(ms(devices.get(i)), device)));
            }
        }
        return facts;
    }

    /** The readIds of the passages that end as a match, ignoring retention and age. */
    Set<String> passagesThatStand(Thresholds thresholds) {
        Scorer scorer = new Scorer();
        Set<String> standing = new HashSet<>();
        for (int i = 0; i < passes.size(); i++) {
            Pass pass = passes.get(i);
            if (pass.withdrawn()) {
                continue;
            }
            List<Event> events = events(pass, "R" + i);
            EnrichedRead last = (EnrichedRead) events.get(events.size() - 1).event();
            Version met = null;
            for (Event event : events) {
                if (event.event() instanceof EnrichedRead enrichedRead) {
                    long retractedAt =
                            enrichedRead.equals(last)
                                    ? Long.MAX_VALUE
                                    : enrichedRead.arrivalTime() + 1_000L * pass.pause();
                    boolean same = met != null && fits(enrichedRead, met, scorer, thresholds);
                    Version own = same ? met : meets(enrichedRead, scorer, thresholds);
                    long known =
                            own == null
                                    ? Long.MAX_VALUE
                                    : Math.max(
                                            enrichedRead.arrivalTime(),
                                            own.version().inForceFrom());
                    if (known < retractedAt) {
                        met = met == null ? own : met;
                        if (enrichedRead.equals(last)) {
                            standing.add("R" + i);
                        }
                    }
                }
            }
        }
        return standing;
    }

    /** The version that was in force, else the first later one that looks back. */
    private Version meets(EnrichedRead enrichedRead, Scorer scorer, Thresholds thresholds) {
        for (Version version : versions()) {
            boolean held =
                    version.version().inForceFrom() <= enrichedRead.arrivalTime()
                            && enrichedRead.arrivalTime() < version.to();
            if (held && fits(enrichedRead, version, scorer, thresholds)) {
                return version;
            }
        }
        for (Version version : versions()) {
            boolean later = enrichedRead.arrivalTime() < version.version().inForceFrom();
            if (later
                    && version.version().canMatchPastReads()
                    && fits(enrichedRead, version, scorer, thresholds)) {
                return version;
            }
        }
        return null;
    }

    private static boolean fits(
            EnrichedRead enrichedRead, Version version, Scorer scorer, Thresholds thresholds) {
        HotlistEntry entry = version.version().entry();
        Score score =
                scorer.score(
                        MatchTarget.of(entry),
                        enrichedRead.read(),
                        enrichedRead.confidenceRank(),
                        null);
        Score seen =
                score == null
                        ? null
                        : score.with(
                                MatchEvaluator.ocrContribution(
                                        enrichedRead, MatchTarget.of(entry)));
        return seen != null
                && entry.isValidAt(enrichedRead.read().deviceTime())
                && thresholds.action(entry.priority(), seen.posterior()) != null;
    }

    private record Version(EntryVersion version, long to, boolean replaced) {}

    private List<Version> versions() {
        List<Version> versions = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < listings.size(); i++) {
            Listing listing = listings.get(i);
            boolean successive = i > 0 && listing.after() == 0;
            boolean looksBack = !(successive && listings.get(i - 1).other() == listing.other());
            at += listing.after();
            boolean last = i == listings.size() - 1;
            boolean replaced =
                    !last
                            && listings.get(i + 1).after() == 0
                            && listings.get(i + 1).other() == listing.other();
            // The last version stays if its minutes are even, so half of the stories end with a
            // removal.
            boolean stays = last && listing.lasts() % 120 == 1;
            versions.add(
                    new Version(
                            new EntryVersion(
                                    entry(listing, at), ms(at), looksBack, RecordPosition.UNKNOWN),
                            stays ? VersionInterval.OPEN : ms(at + listing.lasts()),
                            replaced));
            at += listing.lasts();
        }
        return versions;
    }

    private record Event(PassageEvent event, List<String> texts) {}

    private static List<Event> events(Pass pass, String root) {
        List<Event> events = new ArrayList<>();
        String device = "D" + pass.device();
        String passageId = PassageEvent.key(device, root);
        int arrival = pass.at() + pass.lag();
        String last = null;
        String lastText = null;
        for (int i = 0; i < pass.texts().size(); i++) {
            String readId = i == 0 ? root : root + "." + i;
            String text = TEXTS.get(pass.texts().get(i));
            if (last != null) {
                events.add(withdrawn(passageId, device, last, arrival, true, lastText));
            }
            events.add(
                    new Event(
                            new EnrichedRead(
                                            passageId,
                                            ms(arrival),
                                            false,
                                            read(readId, device, ms(pass.at()), text, last))
                                    .with(ocrResult(pass.ocrResult())),
                            List.of(text)));
            last = readId;
            lastText = text;
            arrival += pass.pause();
        }
        if (pass.withdrawn()) {
            events.add(withdrawn(passageId, device, last, arrival, false, lastText));
        }
        return events;
    }

    /** An OCR result for the plate that most versions look for; only a strong one shows it. */
    private static OcrResult ocrResult(Float logOdds) {
        return logOdds == null
                ? null
                : new OcrResult(
                        CanonicalPlate.pack(PLATE),
                        OcrResult.Outcome.READ,
                        logOdds > 2 ? 0 : -1,
                        logOdds,
                        PLATE);
    }

    private static Event withdrawn(
            String passageId,
            String device,
            String readId,
            int arrival,
            boolean revised,
            String text) {
        return new Event(
                new Retraction(
                        device,
                        passageId,
                        PassageEvent.key(device, readId),
                        ms(arrival),
                        revised,
                        0,
                        RecordPosition.UNKNOWN),
                List.of(text));
    }

    private static PlateRead read(
            String readId, String device, long time, String text, String supersedes) {
        return TestRecords.read(
                device, 1, readId, time, text, 0.9, List.of(), "MX", null, supersedes, false);
    }

    private static HotlistEntry entry(Listing listing, int at) {
        return new HotlistEntry(
                ENTRY,
                listing.other() ? OTHER_PLATE : PLATE,
                null,
                null,
                "MX",
                null,
                "STOLEN_VEHICLE",
                "TOL/1/2026",
                "FGJEM",
                null,
                listing.priority(),
                null,
                listing.expires() == null ? null : ms(at + listing.expires()),
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }

    private static boolean isNear(String text, String plate) {
        return PlateComparison.kind(CanonicalPlate.pack(text), CanonicalPlate.pack(plate))
                != MatchKind.NONE;
    }

    private static long ms(int seconds) {
        return START + 1_000L * seconds;
    }
}
