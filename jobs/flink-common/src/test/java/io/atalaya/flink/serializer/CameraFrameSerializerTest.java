package io.atalaya.flink.serializer;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.FrameArbitraries;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class CameraFrameSerializerTest {
    @Provide
    Arbitrary<CameraFrame> frames() {
        return FrameArbitraries.frames();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("frames") CameraFrame frame) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        CameraFrameSerializer.INSTANCE.write(frame, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(CameraFrameSerializer.INSTANCE.read(in)).isEqualTo(frame);
        assertThat(in.available()).isZero();
    }
}
