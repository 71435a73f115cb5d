package io.atalaya.flink.serializer;

import io.atalaya.contracts.text.Argument;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link Text}, hand-written because texts are nested in texts. */
final class TextSerializer implements RecordSerializer<Text> {
    private static final int MESSAGE = 0;
    private static final int TRANSLATION = 1;
    private static final int WORD = 2;
    private static final int CAPITALIZED = 3;
    private static final int COUNT = 4;
    private static final int QUANTITY = 5;

    @Override
    public void write(Text text, DataOutputView out) throws IOException {
        writeArgument(text, out);
    }

    @Override
    public Text read(DataInputView in) throws IOException {
        return (Text) readArgument(in);
    }

    private static void writeArgument(Argument argument, DataOutputView out) throws IOException {
        if (argument instanceof Message message) {
            out.writeByte(MESSAGE);
            Binary.writeString(message.code().name(), out);
            Binary.writeList(message.arguments(), TextSerializer::writeArgument, out);
        } else if (argument instanceof Text.Translation translation) {
            out.writeByte(TRANSLATION);
            Binary.writeString(translation.es(), out);
            Binary.writeString(translation.en(), out);
        } else if (argument instanceof Text.Word word) {
            out.writeByte(WORD);
            Binary.writeString(word.text(), out);
        } else if (argument instanceof Text.Capitalized capitalized) {
            out.writeByte(CAPITALIZED);
            writeArgument(capitalized.text(), out);
        } else if (argument instanceof Argument.Count count) {
            out.writeByte(COUNT);
            out.writeLong(count.value());
        } else if (argument instanceof Argument.Quantity quantity) {
            out.writeByte(QUANTITY);
            out.writeDouble(quantity.value());
        } else {
            throw new NullPointerException("no text");
        }
    }

    private static Argument readArgument(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case MESSAGE ->
                    new Message(
                            code(Binary.readString(in)),
                            Binary.readList(TextSerializer::readArgument, in));
            case TRANSLATION -> new Text.Translation(Binary.readString(in), Binary.readString(in));
            case WORD -> new Text.Word(Binary.readString(in));
            case CAPITALIZED -> new Text.Capitalized((Text) readArgument(in));
            case COUNT -> new Argument.Count(in.readLong());
            case QUANTITY -> new Argument.Quantity(in.readDouble());
            default -> throw new IOException("a text of kind " + kind);
        };
    }

    private static MessageCode code(String name) throws IOException {
        try {
            return MessageCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            // An unchecked exception would count as a fault of the key, whose state is then lost.
            throw new IOException("got message code " + name + ", which this build lacks", e);
        }
    }
}
