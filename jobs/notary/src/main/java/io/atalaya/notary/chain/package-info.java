/** What the audit holds and how it is verified, without Kafka. */
package io.atalaya.notary.chain;
