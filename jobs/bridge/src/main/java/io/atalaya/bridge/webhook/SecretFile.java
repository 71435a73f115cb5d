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

    SecretFile(Path file) throws IOException {
        this.file = file;
        keys = SigningKeys.read(file);
        changedAt = Files.getLastModifiedTime(file);
    }

    /** The keys of the file as it is, or the last ones that could be used. */
    synchronized SigningKeys keys() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(changedAt)) {
                changedAt = changed;
                keys = SigningKeys.read(file);
            }
        } catch (IOException e) {
            LOG.error("The keys before are used on: {}", e.getMessage());
        }
        return keys;
    }
}
