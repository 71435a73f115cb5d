package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.AlertType;

import org.junit.jupiter.api.Test;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class EpisodesTest {
    private final Episodes episodes = new Episodes(Set.of(AlertType.LOITERING));

    private void open(AlertType type, int count) {
        for (int i = 0; i < count; i++) {
            episodes.open(new Episode(type, type + "/" + i, 1_000), 1_000);
        }
    }

    /** An alert of a moment ago does not end with one that was last seen long before. */
    @Test
    void whatWasSeenSinceStaysOpen() {
        open(AlertType.STOPPED_VEHICLE, 1);
        episodes.open(new Episode(AlertType.CROWD, "crowd", 5_000), 5_000);
        episodes.open(new Episode(AlertType.CAMERA_FROZEN, "frozen", 1_000), 1_000);

        assertThat(episodes.endUnseen(2_000, "unseen")).isTrue();
        assertThat(episodes.open())
                .extracting(Episode::type)
                .containsExactly(AlertType.CROWD, AlertType.CAMERA_FROZEN);
        assertThat(episodes.endUnseen(2_000, "unseen")).isFalse();
    }

    /** As at a bus terminal whose loitering is switched off. */
    @Test
    void whatIsNotEmittedTakesNoRoom() {
        open(AlertType.LOITERING, 10);
        assertThat(episodes.hasRoom()).isTrue();
        open(AlertType.STOPPED_VEHICLE, 9);
        assertThat(episodes.hasRoom()).isTrue();
        open(AlertType.STOPPED_VEHICLE, 1);
        assertThat(episodes.hasRoom()).isFalse();
    }
}
