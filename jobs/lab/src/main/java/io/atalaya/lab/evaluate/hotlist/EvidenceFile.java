package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the evidence of a few alerts from a large file, because all evidence does not fit into
 * memory.
 */
final class EvidenceFile {
    private EvidenceFile() {}

    /**
     * Reads the file once.
     *
     * @param wanted revision by alertId
     */
    static Map<String, ShownAlert> of(Path alerts, Map<String, Long> wanted) {
        Map<String, ShownAlert> shown = new HashMap<>();
        InputFiles.forEachAlert(
                alerts,
                (alert, record) -> {
                    Long revision = wanted.get(alert.alertId());
                    if (revision != null && revision == alert.revision()) {
                        try {
                            shown.put(alert.alertId(), ShownAlertCodec.read(record.value()));
                        } catch (InvalidRecordException e) {
                            throw new UnreadableInputException(
                                    alerts + ": alert " + alert.alertId() + ": " + e.getMessage(),
                                    e);
                        }
                    }
                });
        return shown;
    }
}
