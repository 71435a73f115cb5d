/** Recordings for {@code scripts/replay}: files named after topics, merged by arrival. */
package io.atalaya.simulator.recording;
