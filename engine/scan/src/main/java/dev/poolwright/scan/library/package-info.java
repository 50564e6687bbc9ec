/** Readers of what a program depends on, in which version. */
@NullMarked
package dev.poolwright.scan.library;

import org.jspecify.annotations.NullMarked;
