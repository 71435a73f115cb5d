package io.atalaya.hotlistmatch.crosscheck.clonedplate;

/**
 * The identity of a clone: the plate and the first pair of reads that proved it.
 *
 * @param plate packed canonical plate
 * @param first readKey of the earlier read
 * @param second readKey of the later read
 * @param time device time of the later read, epoch ms: pairs within a day of it are the same clone
 * @param arrival arrival time of the last of both, epoch ms
 */
public record CloneKey(long plate, String first, String second, long time, long arrival) {

    /** Whether both name the same plate and pair of reads. */
    boolean isSame(CloneKey other) {
        return plate == other.plate && first.equals(other.first) && second.equals(other.second);
    }
}
