package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.hotlistmatch.score.PlateSyntax;
import io.atalaya.hotlistmatch.score.ScoreBound;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongLists;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The plate reads of a device that were emitted. Reads of one passage (a read and its revisions)
 * have the same {@link #root}.
 */
final class PlateRing extends ReadRing {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final PlateSyntax[] SYNTAXES = PlateSyntax.values();
    private static final int UNKNOWN = -1;

    /** Flag beside the number of texts. */
    private static final int REVISION = 1 << 31;

    /** Distance to the number that stands for the passage. */
    private int[] roots = new int[capacity()];

    /** The parts of the upper bound of the score; {@link #UNKNOWN} if it is not known. */
    private byte[] syntaxes = new byte[capacity()];

    /** Whether the read was retracted at some time. */
    private boolean[] isRetracted = new boolean[capacity()];

    private double[] within = new double[capacity()];
    private double[] beyond = new double[capacity()];

    /** The reads that revise another one, by the first id of their passage. */
    private final Map<String, LongList> revisions = new HashMap<>();

    PlateRing(Consumer<Work> undo) {
        super(undo);
    }

    /**
     * Adds a read whose id is not known.
     *
     * @param scoreBound upper bound of its score, or null
     * @return its number
     */
    long add(DeviceReadsDelta.Plate read, ScoreBound scoreBound) {
        String readId = read.readId();
        String firstReadId = read.firstReadId();
        boolean isRevision = !firstReadId.equals(readId);
        long number = end();
        prepare(
                readId,
                read.arrivalTime(),
                read.deviceTime(),
                read.lane(),
                out -> {
                    out.writeInt(read.texts().length | (isRevision ? REVISION : 0));
                    for (long text : read.texts()) {
                        out.writeLong(text);
                    }
                    Binary.writeString(readId, out);
                    if (isRevision) {
                        Binary.writeString(firstReadId, out);
                    }
                });
        int slot = slot(number);
        roots[slot] = (int) (number - rootOf(number, firstReadId, isRevision));
        syntaxes[slot] = (byte) (scoreBound == null ? UNKNOWN : scoreBound.syntax().ordinal());
        if (scoreBound != null) {
            within[slot] = scoreBound.within();
            beyond[slot] = scoreBound.beyond();
        }
        isRetracted[slot] = false;
        add();
        return number;
    }

    private long rootOf(long number, String firstReadId, boolean isRevision) {
        LongList others = revisions.get(firstReadId);
        if (others != null) {
            return root(others.getLong(0));
        }
        long named = isRevision ? find(firstReadId) : NONE;
        return named == NONE || isRevision(named) ? number : root(named);
    }

    @Override
    void index(long number) {
        super.index(number);
        if (isRevision(number)) {
            LongList chain =
                    revisions.computeIfAbsent(firstReadId(number), root -> new LongArrayList());
            boolean isOldest = !chain.isEmpty() && chain.getLong(0) > number;
            chain.add(isOldest ? 0 : chain.size(), number);
        }
    }

    @Override
    void unindex(long number) {
        super.unindex(number);
        if (isRevision(number)) {
            String root = firstReadId(number);
            LongList chain = revisions.get(root);
            chain.rem(number);
            if (chain.isEmpty()) {
                revisions.remove(root);
            }
        }
    }

    /** A number that all reads of the passage share, and no others. */
    long root(long number) {
        return number - roots[slot(number)];
    }

    /** First readId of the read's chain of revisions. */
    String firstReadId(long number) {
        int id = idPlace(contentStart(number));
        return string(isRevision(number) ? id + stringLength(id) : id);
    }

    boolean isRevision(long number) {
        return (header(contentStart(number)) & REVISION) != 0;
    }

    /** Number of texts. */
    int texts(long number) {
        return header(contentStart(number)) & ~REVISION;
    }

    private int header(int start) {
        return (int) INT.get(contents(), start);
    }

    /** A packed canonical text; the top one is the first. */
    long text(long number, int index) {
        return (long)
                LONG.get(contents(), contentStart(number) + Integer.BYTES + index * Long.BYTES);
    }

    /** Whether the read was retracted at some time, which need not hold. */
    boolean mayBeRetracted(long number) {
        return isRetracted[slot(number)];
    }

    /** Notes that the read was retracted. */
    void markRetracted(long number) {
        isRetracted[slot(number)] = true;
    }

    /** All texts. */
    long[] allTexts(long number) {
        long[] texts = new long[texts(number)];
        Arrays.setAll(texts, i -> text(number, i));
        return texts;
    }

    /** Upper bound of the read's score; null: unknown, because it is not stored. */
    ScoreBound scoreBound(long number) {
        int slot = slot(number);
        return syntaxes[slot] == UNKNOWN
                ? null
                : new ScoreBound(
                        text(number, 0), SYNTAXES[syntaxes[slot]], within[slot], beyond[slot]);
    }

    /** The known reads of a passage: the first one and its revisions. */
    LongList chain(String firstReadId) {
        long named = find(firstReadId);
        LongList later = revisions.get(firstReadId);
        if (later == null) {
            return named == NONE ? LongLists.EMPTY_LIST : LongLists.singleton(named);
        }
        LongList chain = new LongArrayList(later);
        if (named != NONE) {
            chain.add(0, named);
        }
        return chain;
    }

    @Override
    int idPlace(int start) {
        return start + Integer.BYTES + (header(start) & ~REVISION) * Long.BYTES;
    }

    @Override
    void resize() {
        roots = grown(roots);
        syntaxes = grown(syntaxes);
        within = grown(within);
        beyond = grown(beyond);
        isRetracted = grown(isRetracted);
    }
}
