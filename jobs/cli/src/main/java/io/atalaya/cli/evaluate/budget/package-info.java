/** Whether an alarm budget holds, on simulated cameras. */
package io.atalaya.cli.evaluate.budget;
