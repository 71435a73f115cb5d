package io.atalaya.lab.evaluate.tracks;

import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrackFileTest {
    @TempDir Path directory;

    private List<RecordedTrack> read(String content) throws IOException {
        return TrackFile.read(Files.writeString(directory.resolve("tracks.csv"), content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T06:00:00.040Z",
                "2026-01-01T06:00:00.04",
                "2026-01-01 06:00:00.040000+00:00",
                "2026-01-01 00:00:00.040-0600",
                "1767247200.04"
            })
    void stampsCountSeconds(String time) throws IOException {
        List<RecordedTrack> tracks =
                read("sceneId,trackId,t,x,y\na,1,2026-01-01T06:00:10Z,1,1\na,1," + time + ",0,0\n");

        assertThat(tracks.get(0).trajectory().t()).containsExactly(1_767_247_200.04, 1_767_247_210);
        assertThat(tracks.get(0).trajectory().x()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "True,true",
        "true,true",
        "YES,true",
        "1,true",
        "1.0,true",
        "False,false",
        "FALSE,false",
        "no,false",
        "0,false",
        "0.0,false",
        ","
    })
    void labelsAsProgramsWriteThem(String text, Boolean unusual) throws IOException {
        String label = text == null ? "" : text;
        assertThat(read("sceneId,trackId,t,x,y,label\na,1,0,0,0," + label + "\n"))
                .extracting(RecordedTrack::isUnusual)
                .containsExactly(unusual);
    }

    @Test
    void pointsOfOneTimeAreSpreadOverTheTimeToTheNext() throws IOException {
        String whole = "a,1,3,0,0\na,1,3,1,0\na,1,5,2,0\na,1,5,3,0\na,1,5,4,0\na,1,5,5,0\n";
        String none = "a,2,7,0,0\na,2,7,1,0\na,2,7,2,0\na,2,7,3,0\n";

        List<RecordedTrack> tracks = read("sceneId,trackId,t,x,y\n" + whole + none);

        assertThat(tracks.get(0).trajectory().t()).containsExactly(3, 4, 5, 5.5, 6, 6.5);
        assertThat(tracks.get(0).trajectory().x()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(tracks.get(1).trajectory().t()).containsExactly(7, 7.25, 7.5, 7.75);
    }

    @Test
    void saysWhatIsNoTime() {
        assertThatThrownBy(() -> read("sceneId,trackId,t,x,y\na,1,0,0,0\na,1,noon,0,0\n"))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("tracks.csv:3: t: got \"noon\"")
                .hasMessageContaining("2026-01-01T06:00:00.040Z");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read("sceneId,trackId,t,x,y,label\na,,0,?,NaN,maybe\na,1,0\n"))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining(":2: trackId: got nothing")
                .hasMessageContaining(":2: x: got \"?\", expected a finite number")
                .hasMessageContaining(":2: y: got \"NaN\"")
                .hasMessageContaining(":2: label: got \"maybe\"")
                .hasMessageContaining(":3: got 3 values, expected 6");
        assertThatThrownBy(() -> read("sceneId;trackId;t;x;y\na;1;0;0;0\n"))
                .hasMessageContaining(":1: column sceneId, trackId, t, x, y: missing")
                .hasMessageContaining("got sceneId;trackId;t;x;y");
        assertThatThrownBy(() -> read("sceneId,trackId,t,x,y,x\na,1,0,0,0,1\n"))
                .hasMessageContaining("duplicate name: \"x\"");
    }

    @Test
    void aColumnWithoutANameIsNoHindrance() throws IOException {
        assertThat(read(",sceneId,trackId,t,x,y\n0,a,1,0,2,3\n").get(0).trajectory().x())
                .containsExactly(2);
    }
}
