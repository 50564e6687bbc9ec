/** What the pools of the JVM have in common: names, keys, URLs, and who brings which library. */
@NullMarked
package dev.poolwright.scan.jvm.pool;

import org.jspecify.annotations.NullMarked;
