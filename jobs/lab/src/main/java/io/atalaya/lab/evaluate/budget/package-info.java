/** Whether an alarm budget holds, on simulated cameras. */
package io.atalaya.lab.evaluate.budget;
