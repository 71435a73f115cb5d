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
