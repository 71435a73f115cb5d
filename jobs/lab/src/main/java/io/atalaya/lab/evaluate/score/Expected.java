package io.atalaya.lab.evaluate.score;

import java.util.List;

/**
 * An item of the ground truth that may alert.
 *
 * @param group difficulty group, for example the read class; null for a type without groups
 * @param subject entry, plate or device that it is about
 * @param anchors readIds or the camera, by which alerts about it are found
 * @param reads every readId that belongs to it
 * @param required whether it must alert; an optional item is neither missed nor false
 * @param since start of its delay, epoch ms
 * @param until its end if it lasts, otherwise {@code since}; epoch ms
 * @param companions plates that an alert about it may name; empty if it names none
 * @param trackIds tracks that take part in a camera anomaly; otherwise empty
 * @param description text for the list of missed items
 */
record Expected(
        String group,
        String subject,
        List<String> anchors,
        boolean required,
        long since,
        long until,
        List<List<String>> reads,
        List<String> companions,
        List<String> trackIds,
        String description) {}
