/** What the pool libraries do: defaults, meanings of zero, what runs with what. Facts with their versions, no I/O. */
@NullMarked
package dev.poolwright.model.library;

import org.jspecify.annotations.NullMarked;
