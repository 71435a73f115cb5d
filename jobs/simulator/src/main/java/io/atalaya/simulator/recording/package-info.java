/** Recordings as {@code scripts/replay} takes them: files named after topics, merged by arrival. */
package io.atalaya.simulator.recording;
