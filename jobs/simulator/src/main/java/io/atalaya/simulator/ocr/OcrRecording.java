package io.atalaya.simulator.ocr;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The reads of OCR engines as camera records with their images, and a list. Each engine is one
 * camera; engines follow one another, and reads are far enough apart that each is its own passage
 * and alert. The same reads give the same bytes.
 */
public final class OcrRecording {
    /** 2026-03-03T12:00:00Z. */
    private static final long START = 1_772_539_200_000L;

    private static final long LISTED_AT = START - Duration.ofHours(1).toMillis();

    /** Longer than an alert is open. */
    private static final Duration BETWEEN_READS = Duration.ofMinutes(11);

    /** The priority of most stolen vehicles. */
    private static final int PRIORITY = 80;

    private static final long SEED = 1;

    private final Path folder;
    private final List<OcrRead> reads;
    private final List<HotlistEntry> list;
    private final Map<String, GroundTruth.Entry> trueEntries;

    /**
     * With a list that holds the true plates among others.
     *
     * @param folder folder of the images
     * @param reads reads of the images, engine by engine in feeding order; those with doubtful
     *     labels are left out
     * @param entries number of list entries, including the true plates
     * @throws IllegalArgumentException if an image is missing, or there are not enough similar
     *     plates
     */
    public static OcrRecording ofTruePlates(Path folder, List<OcrRead> reads, int entries) {
        return new OcrRecording(
                folder,
                reads,
                truths -> {
                    List<OtherPlates.Plate> plates = new ArrayList<>(truths);
                    plates.addAll(OtherPlates.like(truths, Math.max(0, entries - truths.size())));
                    return plates;
                });
    }

    /**
     * With a list of wrong plates only, so that every alert is a false one.
     *
     * @param folder folder of the images
     * @param reads reads of the images, engine by engine in feeding order; those with doubtful
     *     labels are left out
     * @param each number of wrong plates for each true one, as {@link OtherPlates#nextTo} gives
     *     them
     * @throws IllegalArgumentException if an image is missing
     */
    public static OcrRecording ofWrongPlates(Path folder, List<OcrRead> reads, int each) {
        return new OcrRecording(folder, reads, truths -> OtherPlates.nextTo(truths, each));
    }

    private OcrRecording(
            Path folder, List<OcrRead> reads, UnaryOperator<List<OtherPlates.Plate>> listFor) {
        this.folder = folder;
        this.reads = reads.stream().filter(read -> read.kind() != Misread.DOUBTFUL).toList();
        this.reads.forEach(read -> requireImage(folder, read.file()));
        Map<String, OtherPlates.Plate> truths = new LinkedHashMap<>();
        for (OcrRead read : this.reads) {
            truths.putIfAbsent(read.plate(), new OtherPlates.Plate(read.truth(), read.country()));
        }
        List<OtherPlates.Plate> plates =
                new ArrayList<>(listFor.apply(List.copyOf(truths.values())));
        Collections.shuffle(plates, new Random(SEED));
        list = new ArrayList<>(plates.size());
        trueEntries = new LinkedHashMap<>();
        for (int i = 0; i < plates.size(); i++) {
            OtherPlates.Plate plate = plates.get(i);
            String id = "E" + i;
            list.add(entry(id, plate));
            String canonical = Misread.canonical(plate.text());
            if (truths.containsKey(canonical)) {
                trueEntries.put(
                        canonical,
                        new GroundTruth.Entry(
                                id,
                                "of " + canonical,
                                plate.text(),
                                null,
                                false,
                                LISTED_AT,
                                null,
                                null));
            }
        }
    }

    private static void requireImage(Path folder, String file) {
        if (!Files.isReadable(folder.resolve(file))) {
            throw new IllegalArgumentException(
                    "file: got '" + file + "', expected an image in " + folder);
        }
    }

    /** Number of reads. */
    public int reads() {
        return reads.size();
    }

    /** Number of list entries. */
    public int entries() {
        return list.size();
    }

    /** Number of list entries with a true plate. */
    public int truePlates() {
        return trueEntries.size();
    }

    /**
     * Writes devices, list, reads and ground truth.
     *
     * @throws IOException if an image cannot be read or a file cannot be written
     */
    public void write(Path directory) throws IOException {
        try (RecordingWriter out = new RecordingWriter(directory)) {
            for (String camera : reads.stream().map(OcrRecording::camera).distinct().toList()) {
                out.write(record(Topics.DEVICES, camera, Device.CODEC.write(device(camera))));
            }
            for (HotlistEntry entry : list) {
                out.write(record(Topics.HOTLIST, entry.entryId(), HotlistEntryCodec.write(entry)));
            }
            for (int i = 0; i < reads.size(); i++) {
                OcrRead read = reads.get(i);
                out.write(
                        new TopicRecord(
                                Topics.PLATE_READS,
                                time(i),
                                camera(read),
                                PlateReadCodec.write(plateRead(read, time(i)))));
            }
            out.write(truth());
        }
    }

    private static TopicRecord record(String topic, String key, byte[] value) {
        return new TopicRecord(topic, LISTED_AT, key, value);
    }

    private static Device device(String camera) {
        return new Device(camera, Device.Kind.CAMERA, null, null, null, null, null, 1, null, null);
    }

    private static HotlistEntry entry(String id, OtherPlates.Plate plate) {
        return new HotlistEntry(
                id,
                plate.text(),
                null,
                null,
                plate.country(),
                null,
                "STOLEN_VEHICLE",
                "CASE/" + id,
                "OCR",
                "ocr-reads",
                PRIORITY,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }

    private PlateRead plateRead(OcrRead read, long time) throws IOException {
        return new PlateRead(
                readId(read),
                camera(read),
                null,
                time,
                read.text(),
                read.confidence(),
                List.of(),
                read.country(),
                null,
                null,
                null,
                null,
                Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(read.file()))),
                null,
                null,
                false);
    }

    private static String camera(OcrRead read) {
        return "CAMERA-" + read.engine();
    }

    private static String readId(OcrRead read) {
        return read.engine() + "-" + read.image();
    }

    private static long time(int read) {
        return START + read * BETWEEN_READS.toMillis();
    }

    private GroundTruth truth() {
        List<GroundTruth.WantedPassage> wanted = new ArrayList<>();
        List<GroundTruth.Passage> passages = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            OcrRead read = reads.get(i);
            if (read.kind() == Misread.REJECTED) {
                continue;
            }
            GroundTruth.Entry entry = trueEntries.get(read.plate());
            if (entry != null) {
                wanted.add(
                        new GroundTruth.WantedPassage(
                                entry.entryId(),
                                readId(read),
                                time(i),
                                camera(read),
                                read.kind().readClass(),
                                null,
                                false,
                                read.kind().isRequired()));
            }
            passages.add(
                    new GroundTruth.Passage(
                            readId(read),
                            time(i),
                            camera(read),
                            "of " + read.plate(),
                            read.truth(),
                            read.truth(),
                            read.text(),
                            read.kind().readClass(),
                            false));
        }
        return new GroundTruth(
                SEED,
                START,
                (int) BETWEEN_READS.multipliedBy(reads.size()).toMinutes(),
                List.copyOf(trueEntries.values()),
                wanted,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                passages);
    }
}
