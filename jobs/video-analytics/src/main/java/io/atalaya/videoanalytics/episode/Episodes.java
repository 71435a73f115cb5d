package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Episodes of one camera. Detectors open, update and end them here. This class limits how often an
 * update is emitted, so that alerts do not repeat. Each change has a reason for the log.
 */
public final class Episodes {
    /** More open alerts of one camera do not help an operator. */
    private static final int MAX_OPEN = 10;

    /** Ended episodes are kept because they may have to be cancelled later. */
    private static final int MAX_ENDED = 4;

    private static final long UPDATE_MILLIS = 30_000;

    private final List<Episode> open = new ArrayList<>();
    private final List<Episode> ended = new ArrayList<>();
    private final List<EpisodeUpdate> updates = new ArrayList<>();
    private final Set<AlertType> off;
    private long arrivalTime;

    /** Episodes from state that were emitted before their type was disabled. */
    private final List<Episode> emittedBefore = new ArrayList<>();

    /** Enables all types. */
    public Episodes() {
        this(Set.of());
    }

    /**
     * @param off disabled types. Their episodes are not emitted or written to state, but they stay
     *     open here because detectors check which episodes are open.
     */
    public Episodes(Set<AlertType> off) {
        this.off = off;
    }

    /**
     * Sets the arrival time of the current input, epoch ms. It never decreases, so that a late
     * frame does not emit a revision older than the last one.
     */
    public void at(long arrivalMillis) {
        arrivalTime = Math.max(arrivalTime, arrivalMillis);
        for (int i = 0; i < emittedBefore.size(); i++) {
            add(emittedBefore.get(i), Alert.Status.ENDED, "its type is disabled");
        }
        emittedBefore.clear();
    }

    /**
     * Whether another episode may be opened. Those of disabled types take no room, because no
     * operator sees them.
     */
    public boolean hasRoom() {
        int emitted = 0;
        for (int i = 0; i < open.size(); i++) {
            emitted += off.contains(open.get(i).type()) ? 0 : 1;
        }
        return emitted < MAX_OPEN;
    }

    /** Opens an episode and emits its first revision. */
    public void open(Episode episode, long time) {
        open.add(episode);
        emit(episode, Alert.Status.NEW, time, null);
    }

    /** Emits an update if one is due. */
    public void update(Episode episode, long time) {
        if (episode.isDue(time, UPDATE_MILLIS)) {
            emit(episode, Alert.Status.UPDATED, time, "it lasts or has more tracks");
        }
    }

    /** Ends an episode; one that depends on the scene is kept for a possible cancellation. */
    public void end(Episode episode, String reason) {
        open.remove(episode);
        emit(episode, Alert.Status.ENDED, episode.lastObservedAt(), reason);
        if (episode.isAboutScene()) {
            if (ended.size() == MAX_ENDED) {
                ended.remove(0);
            }
            ended.add(episode);
        }
    }

    /** Whether an episode is open that depends on the learned scene. */
    public boolean isAnyAboutScene() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).isAboutScene()) {
                return true;
            }
        }
        return false;
    }

    /** Ends all episodes that depend on the learned scene. */
    public void endAllAboutScene(String reason) {
        endUnseen(Long.MAX_VALUE, reason);
    }

    /**
     * Ends those episodes that depend on the learned scene and were last observed by then; returns
     * whether there were any.
     *
     * @param time device time, epoch ms
     */
    public boolean endUnseen(long time, String reason) {
        boolean isAny = false;
        for (Episode episode : List.copyOf(open)) {
            if (episode.isAboutScene() && episode.lastObservedAt() <= time) {
                end(episode, reason);
                isAny = true;
            }
        }
        return isAny;
    }

    /** Ends all episodes. */
    public void endAll(String reason) {
        for (Episode episode : List.copyOf(open)) {
            end(episode, reason);
        }
    }

    /** Moves the first open episode of a type, if there is one, to another instance. */
    public void handOver(AlertType type, Episodes next) {
        Episode going = first(type);
        if (going != null) {
            open.remove(going);
            next.open.add(going);
        }
    }

    /**
     * Cancels ended episodes that began at or after this device time, because the view had changed
     * by then.
     */
    public void cancelEnded(long since) {
        for (int i = 0; i < ended.size(); i++) {
            if (ended.get(i).startedAt() >= since) {
                emit(
                        ended.get(i),
                        Alert.Status.CANCELLED,
                        ended.get(i).lastObservedAt(),
                        "the view had changed before it began");
            }
        }
        ended.clear();
    }

    /** Cancels the episode: the detection was wrong. */
    public void cancel(Episode episode, String reason) {
        open.remove(episode);
        emit(episode, Alert.Status.CANCELLED, episode.lastObservedAt(), reason);
    }

    private void emit(Episode episode, Alert.Status status, long time, String reason) {
        episode.emitted(time);
        if (!off.contains(episode.type())) {
            add(episode, status, reason);
        }
    }

    private void add(Episode episode, Alert.Status status, String reason) {
        boolean over = status == Alert.Status.ENDED || status == Alert.Status.CANCELLED;
        updates.add(
                new EpisodeUpdate(
                        episode.type(),
                        episode.identityKey(),
                        episode.nextRevision(arrivalTime),
                        status,
                        episode.startedAt(),
                        episode.lastObservedAt(),
                        over,
                        List.copyOf(episode.trackIds()),
                        episode.objects(),
                        episode.zoneId(),
                        episode.region(),
                        episode.boxes().toEvidence(),
                        episode.value(),
                        episode.limit(),
                        episode.more(),
                        arrivalTime,
                        reason));
    }

    /** All open episodes. Do not open or end episodes while iterating over it. */
    public List<Episode> open() {
        return open;
    }

    /** The first open episode of a type, or null. */
    public Episode first(AlertType type) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).type() == type) {
                return open.get(i);
            }
        }
        return null;
    }

    /** The open episode of a type in a zone, or null. */
    public Episode inZone(AlertType type, String zoneId) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).type() == type && zoneId.equals(open.get(i).zoneId())) {
                return open.get(i);
            }
        }
        return null;
    }

    /** Drains the updates that have not been emitted yet. */
    public List<EpisodeUpdate> drainUpdates() {
        if (updates.isEmpty()) {
            return List.of();
        }
        List<EpisodeUpdate> taken = List.copyOf(updates);
        updates.clear();
        return taken;
    }

    public void write(DataOutput out) throws IOException {
        List<Episode> known = emitted(open);
        out.writeByte(known.size() + emittedBefore.size());
        write(known, out);
        write(emittedBefore, out);
        List<Episode> over = emitted(ended);
        out.writeByte(over.size());
        write(over, out);
    }

    private List<Episode> emitted(List<Episode> episodes) {
        return off.isEmpty()
                ? episodes
                : episodes.stream().filter(each -> !off.contains(each.type())).toList();
    }

    private static void write(List<Episode> episodes, DataOutput out) throws IOException {
        for (Episode episode : episodes) {
            episode.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote. Emitted episodes of a type that is disabled by now end at
     * the next call of {@link #at}.
     */
    public static Episodes read(Set<AlertType> off, DataInput in) throws IOException {
        Episodes episodes = new Episodes(off);
        int n = in.readByte();
        for (int i = 0; i < n; i++) {
            Episode episode = Episode.read(in);
            (off.contains(episode.type()) ? episodes.emittedBefore : episodes.open).add(episode);
        }
        int over = in.readByte();
        for (int i = 0; i < over; i++) {
            episodes.ended.add(Episode.read(in));
        }
        return episodes;
    }
}
