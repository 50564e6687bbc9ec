/** Java program text: files, classes, members, and what expressions come to. */
@NullMarked
package dev.poolwright.scan.jvm.source;

import org.jspecify.annotations.NullMarked;
