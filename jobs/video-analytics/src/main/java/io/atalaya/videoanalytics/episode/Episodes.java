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
 * What goes on at one camera. Whoever finds something opens it here, keeps it up to date and ends
 * it; here it is decided when people hear of it again, so that no alert repeats itself.
 */
public final class Episodes {
    /** A camera with more open alerts is of no help to anybody. */
    private static final int MAX_OPEN = 10;

    /** So many that are over are kept for a while, in case they have to be taken back. */
    private static final int MAX_ENDED = 4;

    private static final long UPDATE_MILLIS = 30_000;

    private final List<Episode> open = new ArrayList<>();
    private final List<Episode> ended = new ArrayList<>();
    private final List<EpisodeUpdate> news = new ArrayList<>();
    private final Set<AlertType> off;
    private long arrival;

    /** As read from state: people know of them, and are to hear of their type no more. */
    private final List<Episode> emittedBefore = new ArrayList<>();

    /** Everything is told. */
    public Episodes() {
        this(Set.of());
    }

    /**
     * @param off types that nobody is told of. They are kept all the same, for the detectors that
     *     ask what else goes on, but not in state: there is only what was told.
     */
    public Episodes(Set<AlertType> off) {
        this.off = off;
    }

    /**
     * The arrival clock of what is being worked on. A frame that comes behind the clock does not
     * turn it back: what is told because of it is told after what was.
     */
    public void at(long arrivalMillis) {
        arrival = Math.max(arrival, arrivalMillis);
        for (int i = 0; i < emittedBefore.size(); i++) {
            add(emittedBefore.get(i), Alert.Status.ENDED);
        }
        emittedBefore.clear();
    }

    /** Whether one more may be opened. */
    public boolean hasRoom() {
        return open.size() < MAX_OPEN;
    }

    /** Tells people of a new incident. */
    public void open(Episode episode, long time) {
        open.add(episode);
        emit(episode, Alert.Status.NEW, time);
    }

    /** Tells people what is new about it, if that is due. */
    public void update(Episode episode, long time) {
        if (episode.isDue(time, UPDATE_MILLIS)) {
            emit(episode, Alert.Status.UPDATED, time);
        }
    }

    /** It is over. */
    public void end(Episode episode) {
        open.remove(episode);
        emit(episode, Alert.Status.ENDED, episode.lastSeen());
        if (episode.isAboutScene()) {
            if (ended.size() == MAX_ENDED) {
                ended.remove(0);
            }
            ended.add(episode);
        }
    }

    /** Whether anything goes on that rests on what is usual in the picture. */
    public boolean isAnyAboutScene() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).isAboutScene()) {
                return true;
            }
        }
        return false;
    }

    /** Whatever went on in view is over. */
    public void endAllAboutScene() {
        for (Episode episode : List.copyOf(open)) {
            if (episode.isAboutScene()) {
                end(episode);
            }
        }
    }

    /** Everything is over: nobody watches any more. */
    public void endAll() {
        for (Episode episode : List.copyOf(open)) {
            end(episode);
        }
    }

    /** The first open incident of a type, if there is one, goes on with others. */
    public void handOver(AlertType type, Episodes next) {
        Episode going = first(type);
        if (going != null) {
            open.remove(going);
            next.open.add(going);
        }
    }

    /** What began since then and is over, was none either: the picture was another one. */
    public void cancelEnded(long since) {
        for (int i = 0; i < ended.size(); i++) {
            if (ended.get(i).since() >= since) {
                emit(ended.get(i), Alert.Status.CANCELLED, ended.get(i).lastSeen());
            }
        }
        ended.clear();
    }

    /** It was none. */
    public void cancel(Episode episode) {
        open.remove(episode);
        emit(episode, Alert.Status.CANCELLED, episode.lastSeen());
    }

    private void emit(Episode episode, Alert.Status status, long time) {
        episode.emitted(time);
        if (!off.contains(episode.type())) {
            add(episode, status);
        }
    }

    private void add(Episode episode, Alert.Status status) {
        boolean over = status == Alert.Status.ENDED || status == Alert.Status.CANCELLED;
        news.add(
                new EpisodeUpdate(
                        episode.type(),
                        episode.anchor(),
                        episode.nextRevision(arrival),
                        status,
                        episode.since(),
                        episode.lastSeen(),
                        over,
                        List.copyOf(episode.trackIds()),
                        episode.objects(),
                        episode.zoneId(),
                        episode.region(),
                        episode.value(),
                        episode.limit(),
                        episode.more(),
                        arrival));
    }

    /** Everything that goes on; do not change it while looking through it. */
    public List<Episode> open() {
        return open;
    }

    /** The only, or first, open incident of a type, or null. */
    public Episode first(AlertType type) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).type() == type) {
                return open.get(i);
            }
        }
        return null;
    }

    /** The open incident of a type in a zone, or null. */
    public Episode inZone(AlertType type, String zoneId) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).type() == type && zoneId.equals(open.get(i).zoneId())) {
                return open.get(i);
            }
        }
        return null;
    }

    /** What people have not been told yet; the list is emptied. */
    public List<EpisodeUpdate> takeNews() {
        if (news.isEmpty()) {
            return List.of();
        }
        List<EpisodeUpdate> taken = List.copyOf(news);
        news.clear();
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
     * Reads what {@link #write} wrote. What was told and is of a type that is off by now ends when
     * the clock is known.
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
