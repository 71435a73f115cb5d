package io.atalaya.videoanalytics.anomaly;

import java.io.Serializable;

/** Where a subtask finds the networks that it asks. */
public interface ServedModelFactory extends Serializable {
    /** To be closed by the subtask. */
    ServedModels open();
}
