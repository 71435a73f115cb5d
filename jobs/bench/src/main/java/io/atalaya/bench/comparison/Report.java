package io.atalaya.bench.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

import java.io.IOException;

/** The results of one benchmark: a record, whose components are the fields of its JSON. */
public interface Report {
    /** Prints the results for people. */
    void print(Table table);

    /** The results with every lap, for scripts that compare runs; absent values are left out. */
    static byte[] json(Report report) throws IOException {
        return JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
                .addModule(
                        new SimpleModule()
                                .addSerializer(Double.class, new FiniteSerializer())
                                .addSerializer(double.class, new FiniteSerializer()))
                .build()
                .writeValueAsBytes(report);
    }

    /** Leaves out a ratio to zero: the CPU time of a very short lap may be none. */
    final class FiniteSerializer extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1L;

        private FiniteSerializer() {
            super(Double.class);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Double value) {
            return !Double.isFinite(value);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeNumber(value);
        }
    }
}
