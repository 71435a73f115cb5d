package io.atalaya.hotlistmatch.passage;

/**
 * A read that was taken back, or replaced by a revision; or a tag that belongs to another passage.
 *
 * @param readKey of the read that is gone
 * @param at arrival of what took it back, epoch ms
 * @param revised true: another read took its place
 */
public record Gone(String passageId, String readKey, long at, boolean revised)
        implements PlateEvent {}
