package io.atalaya.bridge.webhook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The keys of a file, read again when the file has changed, so that keys change without a stop. */
final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

    private final Path file;
    private FileTime changedAt;
    private SigningKeys keys;

    /** What is wrong with the file as it is, logged once; or null. */
    private String fault;

    SecretFile(Path file) throws IOException {
        this.file = file;
        changedAt = Files.getLastModifiedTime(file);
        keys = SigningKeys.read(file);
    }

    /** The keys of the file as it is, or the last ones that could be used. */
    synchronized SigningKeys keys() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(changedAt)) {
                keys = SigningKeys.read(file);
                // Not before: what mends a file, such as chmod, need not change its time.
                changedAt = changed;
            }
            fault = null;
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).equals(fault)) {
                fault = String.valueOf(e.getMessage());
                LOG.error("The keys before are used on: {}", fault);
            }
        }
        return keys;
    }
}
