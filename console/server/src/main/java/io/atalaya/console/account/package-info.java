/** The accounts of persons and walls: what supervisors give, how one signs in, and sessions. */
package io.atalaya.console.account;
