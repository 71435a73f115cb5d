/**
 * The messages in which cameras and video engines say what they see, as frames of the contract: a
 * package a maker or standard. To add one: an adapter in a package of its own, a constant in {@code
 * FrameFormat}, and the names of its fields in {@code FrameFormatDetector}.
 *
 * <p>One rule for all: what a frame must have (camera, time, ids, boxes) is refused where it is
 * wrong, and the whole message with it; what it may have (its number, confidences, types) is left
 * out where it is wrong. An object without a box is passed over, for it is nowhere. Faces are
 * passed over too: nothing here looks at them.
 */
package io.atalaya.contracts.camera.adapter;
