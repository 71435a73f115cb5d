package io.atalaya.testutils;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Captures what a package logs, from a level on, until it is closed. */
public final class CapturedLog implements AutoCloseable {
    private final LoggerContext context = LoggerContext.getContext(false);
    private final String logger;
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    /**
     * @param logger name of a package or class
     */
    public CapturedLog(String logger, Level level) {
        this.logger = logger;
        AbstractAppender appender =
                new AbstractAppender("captured", null, null, false, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        events.add(event.toImmutable());
                    }
                };
        appender.start();
        LoggerConfig captured = new LoggerConfig(logger, level, false);
        captured.addAppender(appender, level, null);
        context.getConfiguration().addLogger(logger, captured);
        context.updateLoggers();
    }

    /** The messages of this level or a more severe one, and what was thrown. */
    public List<String> lines(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().isMoreSpecificThan(level))
                .map(CapturedLog::line)
                .toList();
    }

    private static String line(LogEvent event) {
        String message = event.getMessage().getFormattedMessage();
        return event.getThrown() == null ? message : message + " " + event.getThrown();
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(logger);
        context.updateLoggers();
    }
}
