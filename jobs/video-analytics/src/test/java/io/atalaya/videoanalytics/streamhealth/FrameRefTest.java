package io.atalaya.videoanalytics.streamhealth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** Alert ids contain frame references, so these must be equal after a restore. */
class FrameRefTest {
    @ParameterizedTest
    @CsvSource({
        "17, 1700000000000, 17@1700000000000",
        ",   1700000000000, @1700000000000",
        "-1, 0,             -1@0"
    })
    void namesAFrame(Long frameId, long time, String name) throws IOException {
        FrameRef mark = new FrameRef();
        mark.set(7L, 1);
        mark.set(frameId, time);

        assertThat(mark).hasToString(name);
        assertThat(restored(mark)).hasToString(name);
    }

    @Test
    void namesNoneBeforeTheFirst() throws IOException {
        assertThat(new FrameRef()).hasToString("");
        assertThat(restored(new FrameRef())).hasToString("");
    }

    private static FrameRef restored(FrameRef mark) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mark.write(new DataOutputStream(bytes));
        return FrameRef.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
