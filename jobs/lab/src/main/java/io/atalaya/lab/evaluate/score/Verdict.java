package io.atalaya.lab.evaluate.score;

/** What the ground truth says about an alert. */
public enum Verdict {
    /** About something that must alert. */
    RIGHT,
    /** About something that may alert or explains the alert; it counts neither way. */
    EXCUSED,
    /** Without a cause in the ground truth. */
    FALSE
}
