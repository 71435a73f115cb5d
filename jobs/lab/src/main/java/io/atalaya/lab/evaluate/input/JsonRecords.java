package io.atalaya.lab.evaluate.input;

import io.atalaya.contracts.json.InvalidRecordException;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads JSON objects into records; unknown fields are skipped. */
public final class JsonRecords {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private JsonRecords() {}

    /**
     * Reads one object.
     *
     * @throws InvalidRecordException naming the field at fault
     */
    public static <T> T read(byte[] json, Class<T> type) throws InvalidRecordException {
        try {
            T value = json == null ? null : MAPPER.readValue(json, type);
            if (value == null) {
                throw InvalidRecordException.fault("value", "nothing", "a JSON object");
            }
            return value;
        } catch (InvalidFormatException e) {
            throw new InvalidRecordException(path(e), e.getValue(), expected(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw InvalidRecordException.fault(
                    path(e), "a value of another type", expected(e.getTargetType()));
        } catch (JacksonException e) {
            throw InvalidRecordException.fault("value", e.getOriginalMessage(), "a JSON object");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static String expected(Class<?> type) {
        return type.isEnum()
                ? "one of " + Arrays.toString(type.getEnumConstants())
                : "a value of type " + type.getSimpleName();
    }

    private static String path(MismatchedInputException fault) {
        return fault.getPath().isEmpty()
                ? "value"
                : fault.getPath().stream()
                        .map(each -> each.getFieldName() == null ? "[]" : each.getFieldName())
                        .collect(Collectors.joining("."));
    }
}
