/** Readers of what Java code does with connections: how long it holds them, and how many at a time. */
@NullMarked
package dev.poolwright.scan.jvm.shape;

import org.jspecify.annotations.NullMarked;
