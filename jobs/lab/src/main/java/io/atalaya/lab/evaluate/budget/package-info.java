/** Checks on simulated cameras that an alert budget holds. */
package io.atalaya.lab.evaluate.budget;
