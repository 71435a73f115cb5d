/**
 * Who may do what, how much and how often: viewers with their roles, the table of routes, and
 * limits. It knows no accounts.
 */
package io.atalaya.console.security;
