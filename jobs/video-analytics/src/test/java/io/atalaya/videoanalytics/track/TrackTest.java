package io.atalaya.videoanalytics.track;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrackTest {
    /** Every field, also one that somebody adds: nothing of the old thing is the new one's. */
    @Test
    void aTrackThatIsUsedAgainIsAsNew() throws ReflectiveOperationException {
        Track used = begun();
        spoil(used);
        spoil(used.notes());
        Field path = Track.class.getDeclaredField("path");
        path.setAccessible(true);
        spoil(path.get(used));
        used.begin(7, "new", ObjectKind.PERSON, 1_000, 500);

        // Of floats NaN too: a place that is nowhere yet.
        assertThat(used)
                .usingRecursiveComparison()
                // Points of a way behind its size mean nothing.
                .ignoringFields("path.at", "path.x", "path.y")
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(begun());
    }

    private static Track begun() {
        Track track = new Track();
        track.begin(7, "new", ObjectKind.PERSON, 1_000, 500);
        return track;
    }

    @SuppressWarnings("unchecked")
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
            } else if (type == String.class) {
                field.set(object, "old");
            } else if (type == int[].class) {
                Arrays.fill((int[]) field.get(object), 99);
            } else if (type == char[].class) {
                Arrays.fill((char[]) field.get(object), 'c');
            } else if (type == List.class) {
                ((List<Object>) field.get(object)).add("old");
            } else {
                assertThat(type)
                        .as(field.getName())
                        .isIn(ObjectKind.class, TrackNotes.class, TrackPath.class);
            }
        }
    }
}
