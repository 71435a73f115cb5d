package io.atalaya.ops.cluster;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Address of a JobManager's REST interface. */
public record JobManagerAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("([^\\s:]+):(\\d{1,5})");

    @Override
    public String toString() {
        return host + ":" + port;
    }

    /** Parses {@code host:port}. */
    public static final class Converter implements ITypeConverter<JobManagerAddress> {
        @Override
        public JobManagerAddress convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "', expected host:port");
            }
            return new JobManagerAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
    }
}
