/** Readers of the JVM's languages and configuration. */
@NullMarked
package dev.poolwright.scan.jvm;

import org.jspecify.annotations.NullMarked;
