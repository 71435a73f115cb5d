/**
 * What a request may say and how it is refused: the rule for a text that a person enters, the JSON
 * of the console's own messages, and problems.
 */
package io.atalaya.console.request;
