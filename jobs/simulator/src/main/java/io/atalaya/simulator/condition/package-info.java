/**
 * Conditions under which cameras and readers work badly: they degrade the records of a simulated
 * city and those of any other recording in the same way.
 */
package io.atalaya.simulator.condition;
