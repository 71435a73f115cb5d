package io.atalaya.videoanalytics.anomaly;

import java.io.Serializable;

/** Where a subtask finds the networks that it asks. */
public interface NetworkSource extends Serializable {
    /** To be closed by the subtask. */
    Networks open();
}
