/**
 * What a person does so that others act: answers to items, which can be undone for a while, and
 * changes of the hot list.
 */
package io.atalaya.console.act;
