package io.atalaya.lab.evaluate.input;

import io.atalaya.contracts.json.InvalidRecordException;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;

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
            return MAPPER.readValue(json, type);
        } catch (InvalidFormatException e) {
            Object[] constants = e.getTargetType().getEnumConstants();
            throw new InvalidRecordException(
                    path(e),
                    e.getValue(),
                    constants == null
                            ? "a value of type " + e.getTargetType().getSimpleName()
                            : "one of " + Arrays.toString(constants));
        } catch (JsonMappingException e) {
            throw InvalidRecordException.fault(path(e), e.getOriginalMessage(), "another value");
        } catch (JacksonException e) {
            throw InvalidRecordException.fault("value", e.getOriginalMessage(), "a JSON object");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static String path(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(Reference::getFieldName)
                .map(name -> name == null ? "[]" : name)
                .collect(Collectors.joining("."));
    }
}
