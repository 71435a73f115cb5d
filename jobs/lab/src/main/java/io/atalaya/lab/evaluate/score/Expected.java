package io.atalaya.lab.evaluate.score;

import java.util.List;

/**
 * One thing in the truth that may alert.
 *
 * @param group how hard it is to find, for example the read class; null where a type has no groups
 * @param subject the entry, plate or device that it is about
 * @param anchors readIds, or the camera, by which an alert is recognised as being about it
 * @param reads every readId that belongs to it
 * @param required whether it must alert; if not, it is neither missed nor false
 * @param since from when its delay counts, epoch ms
 * @param until its end where it lasts, or {@code since}
 * @param companions plates that an alert about it may name; empty where it names none
 * @param trackIds of the things before a camera that take part in it; empty where it is of none
 * @param description for the list of what was missed
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
