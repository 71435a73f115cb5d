package io.atalaya.console.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What the console is started with.
 *
 * @param kafka settings of its clients
 * @param database a PostgreSQL URL with user and password, or null for an embedded one
 * @param data where the embedded database is
 * @param web build of the browser's part, or null for none
 * @param basemap files of the base map, or null
 * @param images of alerts, or null
 * @param prometheus name and URL of the metrics of each job
 * @param sites for which the console says who is on duty
 */
public record Settings(
        Map<String, Object> kafka,
        String database,
        Path data,
        Path web,
        Path basemap,
        Path images,
        Map<String, String> prometheus,
        Set<String> sites) {}
