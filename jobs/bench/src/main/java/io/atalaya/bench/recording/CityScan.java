package io.atalaya.bench.recording;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.ArrayList;
import java.util.List;

/**
 * The retained data of a city after one pass over its records.
 *
 * @param plates plates that its cameras read, packed
 * @param devices device records
 * @param listed records that list the vehicles of its scenarios
 */
public record CityScan(LongSet plates, List<TopicRecord> devices, List<TopicRecord> listed) {

    public static CityScan of(City city) {
        LongSet plates = new LongOpenHashSet();
        List<TopicRecord> devices = new ArrayList<>();
        List<TopicRecord> listed = new ArrayList<>();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            switch (record.topic()) {
                case Topics.PLATE_READS -> add(record, plates);
                case Topics.DEVICES -> devices.add(record);
                case Topics.HOTLIST -> listed.add(record);
                default -> {
                    // Tags are registered to plates that are read as well.
                }
            }
        }
        listed.removeIf(record -> record.value() == null);
        return new CityScan(plates, devices, listed);
    }

    private static void add(TopicRecord record, LongSet plates) {
        try {
            PlateRead read = PlateReadCodec.read(record.value());
            if (read.plate() != null && CanonicalPlate.isPlate(read.plate())) {
                plates.add(CanonicalPlate.pack(read.plate()));
            }
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a read of the generator's own", e);
        }
    }
}
