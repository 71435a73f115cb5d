package io.atalaya.flink.serializer;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/**
 * The serializer of {@link PlateRead} without its image, because images are never state. Reads are
 * the most frequent values in state, so absent values take no byte and repeated values are written
 * once.
 */
public final class PlateReadSerializer implements RecordSerializer<PlateRead> {
    public static final PlateReadSerializer INSTANCE = new PlateReadSerializer();

    private static final Compass[] POINTS = Compass.values();

    /** The lowest bits of the flags: the direction plus one, or 0 without a direction. */
    private static final int DIRECTION = 0xf;

    private static final int LANE = 1 << 4;
    private static final int COUNTRY = 1 << 5;
    private static final int STATE = 1 << 6;
    private static final int SPEED = 1 << 7;
    private static final int VEHICLE = 1 << 8;
    private static final int IMAGE_REF = 1 << 9;
    private static final int SUPERSEDES = 1 << 10;
    private static final int WITHDRAWN = 1 << 11;

    /** The first candidate equals the plate and its confidence. */
    private static final int PLATE_IS_CANDIDATE = 1 << 12;

    @Override
    public void write(PlateRead read, DataOutputView out) throws IOException {
        int flags = flags(read);
        Binary.writeVarInt(flags, out);
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        if (read.lane() != null) {
            Binary.writeVarInt(read.lane(), out);
        }
        Binary.writeVarLong(read.deviceTime(), out);
        Binary.writeString(read.plate(), out);
        Decimal.write(kept(read.confidence()), out);
        List<Candidate> candidates = read.candidates();
        Binary.writeVarInt(candidates.size(), out);
        for (int i = (flags & PLATE_IS_CANDIDATE) == 0 ? 0 : 1; i < candidates.size(); i++) {
            Binary.writeString(candidates.get(i).plate(), out);
            Decimal.write(kept(candidates.get(i).confidence()), out);
        }
        if (read.country() != null) {
            WordCodes.write(read.country(), out);
        }
        if (read.state() != null) {
            WordCodes.write(read.state(), out);
        }
        if (read.speedKmh() != null) {
            Decimal.write(read.speedKmh(), out);
        }
        if (read.vehicle() != null) {
            VehicleCode.write(read.vehicle(), out);
        }
        if (read.imageRef() != null) {
            Binary.writeString(read.imageRef(), out);
        }
        if (read.supersedes() != null) {
            Binary.writeString(read.supersedes(), out);
        }
    }

    private static int flags(PlateRead read) {
        // The compass will not change, so that the order of its constants is the code.
        return (read.direction() == null ? 0 : read.direction().ordinal() + 1)
                | (read.lane() == null ? 0 : LANE)
                | (read.country() == null ? 0 : COUNTRY)
                | (read.state() == null ? 0 : STATE)
                | (read.speedKmh() == null ? 0 : SPEED)
                | (read.vehicle() == null ? 0 : VEHICLE)
                | (read.imageRef() == null ? 0 : IMAGE_REF)
                | (read.supersedes() == null ? 0 : SUPERSEDES)
                | (read.isWithdrawn() ? WITHDRAWN : 0)
                | (isPlateCandidate(read) ? PLATE_IS_CANDIDATE : 0);
    }

    private static boolean isPlateCandidate(PlateRead read) {
        if (read.candidates().isEmpty()) {
            return false;
        }
        Candidate first = read.candidates().get(0);
        return first.plate().equals(read.plate()) && first.confidence() == read.confidence();
    }

    @Override
    public PlateRead read(DataInputView in) throws IOException {
        int flags = Binary.readVarInt(in);
        int direction = flags & DIRECTION;
        String readId = Binary.readString(in);
        String deviceId = Binary.readString(in);
        Integer lane = (flags & LANE) == 0 ? null : (Integer) Binary.readVarInt(in);
        long time = Binary.readVarLong(in);
        String plate = Binary.readString(in);
        double confidence = Decimal.read(in);
        return new PlateRead(
                readId,
                deviceId,
                lane,
                time,
                plate,
                confidence,
                candidates(
                        (flags & PLATE_IS_CANDIDATE) == 0 ? null : new Candidate(plate, confidence),
                        in),
                (flags & COUNTRY) == 0 ? null : WordCodes.read(in),
                (flags & STATE) == 0 ? null : WordCodes.read(in),
                direction == 0 ? null : POINTS[direction - 1],
                (flags & SPEED) == 0 ? null : (Double) Decimal.read(in),
                (flags & VEHICLE) == 0 ? null : VehicleCode.read(in),
                null,
                (flags & IMAGE_REF) == 0 ? null : Binary.readString(in),
                (flags & SUPERSEDES) == 0 ? null : Binary.readString(in),
                (flags & WITHDRAWN) != 0);
    }

    /**
     * @param first candidate that was not written, or null
     */
    private static List<Candidate> candidates(Candidate first, DataInputView in)
            throws IOException {
        Candidate[] candidates = new Candidate[Binary.readVarInt(in)];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] =
                    i == 0 && first != null
                            ? first
                            : new Candidate(Binary.readString(in), Decimal.read(in));
        }
        return List.of(candidates);
    }

    /** A confidence with a float's precision, as the short decimal that a person would write. */
    private static double kept(double confidence) {
        return Math.round((float) confidence * 1e6) / 1e6;
    }
}
