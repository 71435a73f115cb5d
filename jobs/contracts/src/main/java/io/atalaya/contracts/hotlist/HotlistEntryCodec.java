package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.CompassCodec;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The codec of topic {@code hotlist}. Entries are streamed, because a job that starts reads a
 * million of them; binding takes a quarter longer.
 */
public final class HotlistEntryCodec {
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_ID = HotlistEntry.MAX_ID;

    private static final RecordCodec<HotlistEntry> WRITER =
            new RecordCodec<>(HotlistEntry.class, MAX_BYTES);

    private HotlistEntryCodec() {}

    /** Reads one message. */
    public static HotlistEntry read(byte[] message) throws InvalidRecordException {
        return read(message, UnaryOperator.identity());
    }

    /**
     * Reads one entry of a list file, which may leave out fields that the caller knows.
     *
     * @param complete adds those fields before the check of required fields; gets an entry with
     *     null for every missing field
     */
    public static HotlistEntry read(byte[] message, UnaryOperator<HotlistEntry> complete)
            throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            return required(in, complete.apply(fields(in)));
        }
    }

    private static HotlistEntry fields(JsonIn in) throws InvalidRecordException {
        String entryId = null;
        String plate = null;
        String pattern = null;
        String tagId = null;
        String country = null;
        String state = null;
        String reason = null;
        String caseNumber = null;
        String agency = null;
        String source = null;
        int priority = HotlistEntry.DEFAULT_PRIORITY;
        Long validFrom = null;
        Long validUntil = null;
        Vehicle vehicle = null;
        Scope scope = null;
        MatchMode match = null;
        boolean covert = false;
        List<String> notify = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "entryId" -> entryId = in.string(MAX_ID);
                case "plate" -> plate = plate(in);
                case "pattern" -> {
                    pattern = in.anyString(MAX_BYTES);
                    String fault = HotlistEntry.patternFault(pattern);
                    if (fault != null) {
                        throw in.invalid(pattern, fault);
                    }
                }
                case "tagId" -> tagId = in.string(MAX_ID);
                case "country" -> country = in.anyString(HotlistEntry.MAX_COUNTRY);
                case "state" -> state = in.anyString(HotlistEntry.MAX_NAME);
                case "reason" -> reason = in.nonBlank(HotlistEntry.MAX_NAME);
                case "caseNumber" -> caseNumber = in.nonBlank(MAX_ID);
                case "agency" -> agency = in.nonBlank(MAX_ID);
                case "source" -> source = in.string(MAX_ID);
                case "priority" -> priority = in.integer(0, 100);
                case "validFrom" -> validFrom = in.time();
                case "validUntil" -> validUntil = in.time();
                case "vehicle" -> vehicle = in.object(VehicleCodec::read);
                case "scope" -> scope = in.object(HotlistEntryCodec::scope);
                case "match" -> match = in.oneOf(MatchMode.class);
                case "covert" -> covert = in.bool();
                case "notify" ->
                        notify =
                                in.list(
                                        HotlistEntry.MAX_NOTIFY,
                                        i -> i.string(HotlistEntry.MAX_NOTIFIED));
                default -> in.skip();
            }
        }
        return new HotlistEntry(
                entryId,
                plate,
                pattern,
                tagId,
                country,
                state,
                reason,
                caseNumber,
                agency,
                source,
                priority,
                validFrom,
                validUntil,
                vehicle,
                scope,
                match,
                covert,
                notify);
    }

    private static HotlistEntry required(JsonIn in, HotlistEntry entry)
            throws InvalidRecordException {
        HotlistEntry.Fault fault = entry.fault();
        if (fault != null) {
            throw in.invalid(fault.field(), fault.value(), fault.expected());
        }
        return entry;
    }

    /** Writes one message. */
    public static byte[] write(HotlistEntry entry) {
        return WRITER.write(entry);
    }

    /**
     * Rejects wildcards, because they count as separators elsewhere: "ABC*" would be listed as the
     * plate ABC.
     */
    private static String plate(JsonIn in) throws InvalidRecordException {
        String plate = PlateCodec.read(in);
        if (plate.indexOf('*') >= 0 || plate.indexOf('?') >= 0) {
            throw in.invalid(plate, "no wildcards in a plate: they belong in pattern");
        }
        return plate;
    }

    private static Scope scope(JsonIn in) throws InvalidRecordException {
        List<String> sites = List.of();
        List<String> devices = List.of();
        List<Compass> directions = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "sites" -> sites = in.list(Scope.MAX_NAMES, i -> i.string(MAX_ID));
                case "devices" -> devices = in.list(Scope.MAX_NAMES, i -> i.string(MAX_ID));
                case "directions" -> directions = in.list(Scope.MAX_DIRECTIONS, CompassCodec::read);
                default -> in.skip();
            }
        }
        return new Scope(sites, devices, directions);
    }
}
