package io.atalaya.flink.options;

import java.util.List;

/** Invalid settings: all faults at once, each naming its key. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    public InvalidSettingsException(List<String> faults) {
        super(faults.size() + " invalid setting(s):\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One sentence per fault: key, value and what was expected. */
    public List<String> faults() {
        return faults;
    }
}
