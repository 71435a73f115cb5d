/** Scores how unusual the tracks of a recording are, and how well that agrees with labels. */
package io.atalaya.lab.evaluate.tracks;
