/** What is unusual in a camera's counts over time, against what the camera itself has been like. */
package io.atalaya.anomaly.series;
