package io.atalaya.videoanalytics.track;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrackTest {
    /**
     * Covers every field, including new ones: a reused track keeps nothing of its former object.
     */
    @Test
    void aTrackThatIsUsedAgainIsAsNew() throws ReflectiveOperationException {
        Track used = begun();
        spoil(used);
        for (String part : List.of("ids", "motion", "stationary", "path", "detectorState")) {
            spoil(part(used, part));
        }
        used.begin(7, "new", ObjectClass.PERSON, 1_000, 500);

        assertThat(used)
                .usingRecursiveComparison()
                // Array content behind the points of a trajectory, or behind the ids, is undefined.
                .ignoringFields("path.points", "path.latestX", "path.latestY", "ids.text")
                .isEqualTo(begun());
        assertThat(used.ids()).containsExactly("new");
    }

    /** The number of milliseconds since then exceeds an int. */
    @Test
    void theWayOfWhatStoodForAMonthDoesNotRunBackwards() {
        Track track = begun();
        long day = 24 * 3_600_000L;
        for (int i = 0; i <= 30; i++) {
            float x = i == 30 ? 0.9f : 0.2f;
            track.update(1_000 + i * day, 500 + i, x, 0.5f, 0.05f, 0.05f, 1.78f, 0);
        }
        assertThat(track.trajectory().t()[track.trajectory().size() - 1])
                .isEqualTo(Integer.MAX_VALUE / 1000.0);
    }

    /** It is reset only where a new way begins, so that the next one must be a way of its own. */
    @Test
    void evidenceOfAWrongWayOutlastsAChangeOfId() {
        Track track = begun();
        TrackDetectorState state = track.detectorState();
        state.wrongMillis = 900;
        state.wrongLogChance = -20;
        state.wrongSince = 1_500;
        state.rightMillis = 300;
        track.rename("next");

        assertThat(state.wrongMillis).isEqualTo(900);
        assertThat(state.wrongLogChance).isEqualTo(-20);
        assertThat(state.wrongSince).isZero();
        assertThat(state.rightMillis).isZero();
    }

    /** A box that leapt back for a moment is no evidence about what comes next under its id. */
    @Test
    void aChangeOfIdDropsTheWrongWayOfWhatWentWithTheTraffic() {
        Track track = begun();
        TrackDetectorState state = track.detectorState();
        state.wrongMillis = 1_000;
        state.wrongLogChance = -20;
        state.rightMillis = 10_000;
        track.rename("next");

        assertThat(state.wrongMillis).isZero();
        assertThat(state.wrongLogChance).isZero();
    }

    private static Object part(Track track, String name) throws ReflectiveOperationException {
        Field field = Track.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(track);
    }

    private static Track begun() {
        Track track = new Track();
        track.begin(7, "new", ObjectClass.PERSON, 1_000, 500);
        return track;
    }

    private static void spoil(Object object) throws ReflectiveOperationException {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Class<?> type = field.getType();
            if (type == int.class) {
                field.setInt(object, 99);
            } else if (type == long.class) {
                field.setLong(object, 99);
            } else if (type == float.class) {
                field.setFloat(object, 99);
            } else if (type == boolean.class) {
                field.setBoolean(object, true);
            } else if (type == int[].class) {
                Arrays.fill((int[]) field.get(object), 99);
            } else if (type == long[].class) {
                Arrays.fill((long[]) field.get(object), 99);
            } else if (type == char[].class) {
                Arrays.fill((char[]) field.get(object), 'c');
            } else {
                assertThat(type)
                        .as(field.getName())
                        .isIn(
                                TrackIds.class,
                                TrackMotion.class,
                                StationaryState.class,
                                TrackDetectorState.class,
                                TrackTrajectory.class);
            }
        }
    }
}
