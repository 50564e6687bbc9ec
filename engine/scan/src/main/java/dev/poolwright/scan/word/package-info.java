/** Searching many files for many words at once, so that only the few files that matter are parsed. */
@NullMarked
package dev.poolwright.scan.word;

import org.jspecify.annotations.NullMarked;
