package io.atalaya.notary;

import io.atalaya.kafka.ClientFile;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The broker of the other site, which has a copy of the signed heads. */
final class OtherSite {
    private OtherSite() {}

    /** The client settings of a properties file. */
    static Map<String, Object> client(String file) throws IOException {
        ClientFile settings;
        try {
            settings = ClientFile.named(file);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        List<String> faults = settings.faults(Set.of());
        if (!faults.isEmpty()) {
            throw new IOException(file + ": " + String.join("\n" + file + ": ", faults));
        }
        return Map.copyOf(settings.values());
    }
}
