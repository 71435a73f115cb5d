package io.atalaya.videoanalytics.anomaly;

import java.io.Serializable;

/** Creates the served models of a subtask. */
public interface ServedModelFactory extends Serializable {
    /** Opens them; the subtask closes them. */
    ServedModels open();
}
